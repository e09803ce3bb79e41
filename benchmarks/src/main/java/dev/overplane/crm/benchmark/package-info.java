/// What the operations cost, and what the usual ways of doing the same cost.
@NullMarked
package dev.overplane.crm.benchmark;

import org.jspecify.annotations.NullMarked;
