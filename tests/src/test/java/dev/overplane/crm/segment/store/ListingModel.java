package dev.overplane.crm.segment.store;

import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a tenant's listings must say: the simplest thing that could, a list in memory.
final class ListingModel {

    private final List<SegmentId> everCreated = new ArrayList<>();
    private final Map<SegmentId, MarketSegment> existing = new HashMap<>();

    void created(MarketSegment segment) {
        everCreated.add(segment.id());
        existing.put(segment.id(), segment);
    }

    void updated(MarketSegment segment) {
        existing.put(segment.id(), segment);
    }

    void deleted(SegmentId id) {
        existing.remove(id);
    }

    int size() {
        return existing.size();
    }

    /// The existing object of that rank, 0 the newest.
    SegmentId id(int rank) {
        return newestFirst().get(rank).id();
    }

    /// All that ever were, oldest first.
    List<SegmentId> everCreated() {
        return List.copyOf(everCreated);
    }

    Listing list(int offset, int limit) {
        return page(newestFirst(), offset, limit);
    }

    Listing listAfter(SegmentId last, int limit) {
        List<MarketSegment> older = existing(everCreated.subList(0, everCreated.indexOf(last)));
        Listing page = page(older, 0, limit);
        return new Listing(page.data(), page.hasMore(), size());
    }

    private List<MarketSegment> newestFirst() {
        return existing(everCreated);
    }

    private List<MarketSegment> existing(List<SegmentId> ids) {
        return ids.reversed().stream()
                .filter(existing::containsKey)
                .map(existing::get)
                .toList();
    }

    private static Listing page(List<MarketSegment> all, int offset, int limit) {
        int from = Math.min(offset, all.size());
        int to = Math.min(from + limit, all.size());
        return new Listing(all.subList(from, to), from < to && to < all.size(), all.size());
    }
}
