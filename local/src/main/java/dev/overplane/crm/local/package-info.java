/// The stack of `template.yaml` on one machine: its API, its functions behind Lambda's Invoke API, and its
/// tables.
@NullMarked
package dev.overplane.crm.local;

import org.jspecify.annotations.NullMarked;
