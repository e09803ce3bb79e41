/// What a request takes in a function that is warm.
@NullMarked
package dev.overplane.crm.function;

import org.jspecify.annotations.NullMarked;
