/// The arithmetic that keeps `total` and `offset` cheap, however many objects there are.
@NullMarked
package dev.overplane.crm.segment.counting;

import org.jspecify.annotations.NullMarked;
