package dev.overplane.crm.segment.counting;

/// Consecutive pages and how many objects they have.
///
/// @param from the first page
/// @param to the last page
/// @param live objects that have not been deleted
record PageRun(long from, long to, long live) {}
