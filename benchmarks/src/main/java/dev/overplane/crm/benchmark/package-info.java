/// Programs that measure: the units, calls and latency of a listing, beside those of the naive listing and of
/// PostgreSQL, and how late change events are. Each has a profile in the pom.
@NullMarked
package dev.overplane.crm.benchmark;

import org.jspecify.annotations.NullMarked;
