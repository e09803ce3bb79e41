/// Compares `openapi.yaml` with the template and the contract's table of errors.
@NullMarked
package dev.overplane.crm.openapi;

import org.jspecify.annotations.NullMarked;
