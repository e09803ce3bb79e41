/// The market segment: its values, and the outcomes of the operations on it.
@NullMarked
package dev.overplane.crm.segment;

import org.jspecify.annotations.NullMarked;
