package dev.overplane.crm.segment;

/// A market segment and how often it has been written.
///
/// @param segment the object
/// @param version 1 when it is created, one more with each change
public record VersionedSegment(MarketSegment segment, long version) {

    public static final long FIRST_VERSION = 1;
}
