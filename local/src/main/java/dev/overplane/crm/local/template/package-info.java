/// What this machine needs of `template.yaml`: routes, functions, tables, the authorizer and the gateway's own
/// answers.
@NullMarked
package dev.overplane.crm.local.template;

import org.jspecify.annotations.NullMarked;
