/// Reads from `template.yaml` what the local stack runs: routes, functions with their permissions, tables, the
/// authorizer and the gateway responses.
@NullMarked
package dev.overplane.crm.local.template;

import org.jspecify.annotations.NullMarked;
