/// What a warm function spends on a request. In the package of the functions, which keep what is measured to
/// themselves.
@NullMarked
package dev.overplane.crm.function;

import org.jspecify.annotations.NullMarked;
