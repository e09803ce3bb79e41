/// The reference that developers read: `openapi.yaml` in a viewer, and what each error means.
@NullMarked
package dev.overplane.crm.local.reference;

import org.jspecify.annotations.NullMarked;
