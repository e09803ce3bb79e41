package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Ledger;
import dev.overplane.crm.segment.counting.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Lists market segments, newest first: the tenant's counters tell the exact total and where an offset lies,
/// then the index is read from there. Two calls, side by side where the place is known beforehand: at the top,
/// and right after a given object. Three, two of them side by side, where the objects lie across a boundary of
/// pages.
///
/// Thread-safe.
public final class SegmentLister {

    private final SegmentTable table;

    public SegmentLister(SegmentTable table) {
        this.table = table;
    }

    /// The page that begins `offset` objects below the newest.
    ///
    /// @param offset 0 or more
    /// @param limit 1 or more
    public Listing list(Tenant tenant, long offset, int limit, Deadline deadline) {
        if (offset == 0) {
            var newest = concurrently(() -> newestFirst(tenant, Map.of(), limit, deadline));
            long total = ledger(tenant, deadline).total();
            return await(newest).listing(total);
        }
        Ledger ledger = ledger(tenant, deadline);
        List<CompletableFuture<List<Map<String, AttributeValue>>>> slices = ledger.slices(offset, limit).stream()
                .map(slice -> concurrently(() -> read(tenant, slice, deadline)))
                .toList();
        List<Map<String, AttributeValue>> items =
                slices.stream().map(SegmentLister::await).flatMap(List::stream).toList();
        return sound(tenant, items, offset + items.size() < ledger.total(), limit, deadline)
                .listing(ledger.total());
    }

    /// The page that begins right after an object, whether or not it still exists.
    ///
    /// @param last id of the object, which must have been issued to that tenant
    /// @param limit 1 or more
    public Listing listAfter(Tenant tenant, SegmentId last, int limit, Deadline deadline) {
        var older = concurrently(() -> newestFirst(tenant, SegmentItem.indexKey(tenant, last), limit, deadline));
        long total = ledger(tenant, deadline).total();
        return await(older).listing(total);
    }

    private Ledger ledger(Tenant tenant, Deadline deadline) {
        return table.directory(tenant, deadline).ledger(table.layout());
    }

    /// A run of objects, and whether others follow.
    private record Run(List<MarketSegment> segments, boolean hasMore) {

        Listing listing(long total) {
            return new Listing(segments, hasMore, total);
        }
    }

    /// The newest objects after that key of the index, or the newest of all.
    private Run newestFirst(Tenant tenant, Map<String, AttributeValue> after, int limit, Deadline deadline) {
        // One more than asked for, which tells whether there are more, whatever the counters say at another
        // moment.
        List<Map<String, AttributeValue>> items = table.query(deadline, limit + 1, query -> {
            if (!after.isEmpty()) {
                query.exclusiveStartKey(after);
            }
            return index(query, tenant, "", Map.of()).scanIndexForward(false);
        });
        return sound(tenant, items.subList(0, Math.min(limit, items.size())), items.size() > limit, limit, deadline);
    }

    /// The sound ones among those items. A page without any would leave a client nowhere to go on from, so the
    /// next then stands in.
    private Run sound(
            Tenant tenant, List<Map<String, AttributeValue>> items, boolean hasMore, int limit, Deadline deadline) {
        List<MarketSegment> segments = segments(items);
        return segments.isEmpty() && hasMore && !items.isEmpty()
                ? newestFirst(tenant, SegmentItem.indexKey(items.getLast()), limit, deadline)
                : new Run(segments, hasMore && !segments.isEmpty());
    }

    private List<Map<String, AttributeValue>> read(Tenant tenant, Slice slice, Deadline deadline) {
        List<Map<String, AttributeValue>> items = table.query(
                deadline,
                slice.read(),
                query -> index(
                                query,
                                tenant,
                                slice.newestFirst() ? " AND page <= :page" : " AND page >= :page",
                                Map.of(":page", Attributes.number(slice.page())))
                        .scanIndexForward(!slice.newestFirst()));
        List<Map<String, AttributeValue>> wanted = items.subList(Math.min(slice.skip(), items.size()), items.size());
        return slice.newestFirst() ? wanted : wanted.reversed();
    }

    private static QueryRequest.Builder index(
            QueryRequest.Builder query, Tenant tenant, String condition, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        all.put(":tenant", AttributeValue.fromS(tenant.partitionKey()));
        return query.indexName(SegmentItem.INDEX)
                .keyConditionExpression("tenant = :tenant" + condition)
                .expressionAttributeValues(all);
    }

    /// One damaged item must not take the whole listing down: it is left out, and somebody is told.
    private static List<MarketSegment> segments(List<Map<String, AttributeValue>> items) {
        var segments = new ArrayList<MarketSegment>(items.size());
        for (Map<String, AttributeValue> item : items) {
            try {
                segments.add(SegmentItem.segment(item));
            } catch (CorruptItemException e) {
                Log.error("corrupt_item", e, fields -> fields.add("id", SegmentTable.idOf(item)));
            }
        }
        return segments;
    }

    private static <T> CompletableFuture<T> concurrently(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
