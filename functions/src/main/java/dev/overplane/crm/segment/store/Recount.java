package dev.overplane.crm.segment.store;

import java.util.OptionalLong;

/// What a recount found.
///
/// @param checked objects that were counted
/// @param drifted counters and objects that were wrong
/// @param repaired how many of these are right now; the others changed meanwhile, and the next recount looks at
///     them again
/// @param next the page to go on with, empty at the end
public record Recount(long checked, long drifted, long repaired, OptionalLong next) {}
