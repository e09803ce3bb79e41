/// What functions are primed with.
@NullMarked
package dev.overplane.crm.function;

import org.jspecify.annotations.NullMarked;
