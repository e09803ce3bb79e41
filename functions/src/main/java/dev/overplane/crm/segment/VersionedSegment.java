package dev.overplane.crm.segment;

import java.util.Optional;

/// A market segment and how often it has been written.
///
/// @param segment the object
/// @param version 1 when it is created, one more with each change
public record VersionedSegment(MarketSegment segment, long version) {

    private static final long FIRST_VERSION = 1;

    /// An object as it is when it is created, at the time that its id tells.
    public static VersionedSegment created(SegmentId id, Optional<SegmentName> name) {
        Timestamp createdAt = id.position().createdAt();
        return new VersionedSegment(new MarketSegment(id, createdAt, createdAt, name), FIRST_VERSION);
    }
}
