package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.IndexRead;
import dev.overplane.crm.segment.counting.PageCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Lists a tenant's market segments, newest first. The counters tell the exact total and where an offset lies; the
/// index is read from there.
///
/// Two calls, side by side where the place is known beforehand: at the top, and right after a given object. One
/// more reads the archive of a group, where the offset lies inside one, and one more, beside another, the
/// objects on the other side of a boundary.
///
/// Thread-safe.
public final class SegmentLister {

    /// An archiving moves dozens of deletions: so many in a row are none, but damage.
    private static final int READINGS = 5;

    private final TenantTable table;

    private SegmentLister(TenantTable table) {
        this.table = table;
    }

    /// Opens a tenant's segments.
    public static Function<Tenant, SegmentLister> forTenants(SegmentTable table) {
        return tenant -> new SegmentLister(table.of(tenant));
    }

    /// The page that begins `offset` objects below the newest.
    ///
    /// @param offset 0 or more
    /// @param limit 1 or more
    public Listing list(long offset, int limit, Deadline deadline) {
        if (offset == 0) {
            return withTotal(() -> newestFirst(Map.of(), limit, deadline), deadline);
        }
        Place place = find(offset, limit, deadline);
        List<ConcurrentRead<List<Map<String, AttributeValue>>>> reads = place.reads().stream()
                .map(read -> ConcurrentRead.start(() -> read(read, deadline)))
                .toList();
        List<Map<String, AttributeValue>> items =
                reads.stream().map(ConcurrentRead::await).flatMap(List::stream).toList();
        return sound(items, offset + items.size() < place.total(), limit, deadline)
                .listing(place.total());
    }

    /// The page that begins right after an object, whether or not it still exists.
    ///
    /// @param last id of the object, which must have been issued to the tenant
    /// @param limit 1 or more
    public Listing listAfter(SegmentId last, int limit, Deadline deadline) {
        return withTotal(() -> newestFirst(SegmentItem.indexKey(table.tenant(), last), limit, deadline), deadline);
    }

    /// Reads objects, and the total beside them.
    private Listing withTotal(Supplier<Run> objects, Deadline deadline) {
        var total = ConcurrentRead.start(() -> table.counters(deadline).total());
        return objects.get().listing(total.await());
    }

    /// Where to read the objects from, and how many there are in all.
    private record Place(List<IndexRead> reads, long total) {}

    /// Finds the place, once more where an archiving came between the counters and the archive.
    private Place find(long offset, int limit, Deadline deadline) {
        String group = "";
        for (int reading = 0; reading < READINGS; reading++) {
            Counters counters = table.counters(deadline);
            switch (counters.find(offset, limit)) {
                case Counters.Location.Known(var reads) -> {
                    return new Place(reads, counters.total());
                }
                case Counters.Location.InGroup in -> {
                    PageCounts pages = counters.pages(in.group(), table.archive(in.group(), deadline));
                    if (pages.isConsistent()) {
                        return new Place(pages.find(in.offset(), in.take()), counters.total());
                    }
                    group = SegmentTable.idOf(
                            CounterItems.groupKey(table.tenant(), in.group().group()));
                }
            }
        }
        throw new CorruptItemException(group, CounterItems.ARCHIVED);
    }

    /// A run of objects, and whether others follow.
    private record Run(List<MarketSegment> segments, boolean hasMore) {

        Listing listing(long total) {
            return new Listing(segments, hasMore, total);
        }
    }

    /// The newest objects after that key of the index, or the newest of all.
    private Run newestFirst(Map<String, AttributeValue> after, int limit, Deadline deadline) {
        // One more than asked for, which tells whether there are more, whatever the counters say at another
        // moment.
        List<Map<String, AttributeValue>> items = table.segments().query(deadline, limit + 1, query -> {
            if (!after.isEmpty()) {
                query.exclusiveStartKey(after);
            }
            return index(query, "", Map.of()).scanIndexForward(false);
        });
        return sound(items.subList(0, Math.min(limit, items.size())), items.size() > limit, limit, deadline);
    }

    /// The sound ones among those items. A page without any would leave a client nowhere to go on from: the
    /// next one stands in.
    private Run sound(List<Map<String, AttributeValue>> items, boolean hasMore, int limit, Deadline deadline) {
        List<MarketSegment> segments = segments(items, deadline);
        return segments.isEmpty() && hasMore && !items.isEmpty()
                ? newestFirst(SegmentItem.indexKey(items.getLast()), limit, deadline)
                : new Run(segments, hasMore && !segments.isEmpty());
    }

    private List<Map<String, AttributeValue>> read(IndexRead read, Deadline deadline) {
        List<Map<String, AttributeValue>> items = table.segments()
                .query(
                        deadline,
                        read.count(),
                        query -> index(
                                        query,
                                        read.newestFirst() ? " AND page <= :page" : " AND page >= :page",
                                        Map.of(":page", Attributes.number(read.page())))
                                .scanIndexForward(!read.newestFirst()));
        List<Map<String, AttributeValue>> wanted = items.subList(Math.min(read.skip(), items.size()), items.size());
        return read.newestFirst() ? wanted : wanted.reversed();
    }

    private QueryRequest.Builder index(
            QueryRequest.Builder query, String condition, Map<String, AttributeValue> values) {
        return table.where(query, condition, values).indexName(SegmentItem.INDEX);
    }

    /// Leaves damaged items out and logs them: one must not take the whole listing down.
    private static List<MarketSegment> segments(List<Map<String, AttributeValue>> items, Deadline deadline) {
        var segments = new ArrayList<MarketSegment>(items.size());
        for (Map<String, AttributeValue> item : items) {
            try {
                segments.add(SegmentItem.segment(item));
            } catch (CorruptItemException e) {
                deadline.usage().foundDamaged();
                Log.error("corrupt_item", e, fields -> fields.add("id", SegmentTable.idOf(item)));
            }
        }
        return segments;
    }
}
