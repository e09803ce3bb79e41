package dev.overplane.crm.segment;

import java.util.List;

/// A page of a listing.
///
/// @param data the objects, newest first
/// @param hasMore whether objects follow the last one
/// @param total how many objects there are in all
public record Listing(List<MarketSegment> data, boolean hasMore, long total) {

    public Listing {
        data = List.copyOf(data);
    }
}
