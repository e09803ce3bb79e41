package dev.overplane.crm.segment;

import java.util.Optional;

/// A market segment as clients see it.
///
/// @param id its identifier
/// @param createdAt when it was created
/// @param updatedAt when it was last changed; `createdAt` until then
/// @param name its name, if it has one
public record MarketSegment(SegmentId id, Timestamp createdAt, Timestamp updatedAt, Optional<SegmentName> name) {}
