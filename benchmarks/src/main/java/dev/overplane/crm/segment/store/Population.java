package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.benchmark.ItemSize;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant after a history of creates and deletes, as the product's items: what as many calls would have left
/// behind.
///
/// Everything follows from the number of a creation, so that any part of a large tenant can be made without the
/// rest.
///
/// @param tenant the tenant
/// @param layout how its creations fall into pages
/// @param objects how many objects there are
/// @param deletedOneIn every so many creations one has been deleted, 2 or more, or [#NONE]
/// @param entryBytes size of an object in the index
public record Population(Tenant tenant, PageLayout layout, long objects, int deletedOneIn, int entryBytes) {

    /// Nothing has been deleted.
    public static final int NONE = 0;

    /// 2025-01-01T00:00:00Z.
    private static final long EPOCH_MICROS = 1_735_689_600_000_000L;

    private static final long MICROS_APART = 1_234_567;

    public Population {
        if (objects < 1 || deletedOneIn < 0 || deletedOneIn == 1) {
            throw new IllegalArgumentException("no such population");
        }
    }

    /// How many objects were ever created.
    public long created() {
        return deletedOneIn == NONE ? objects : objects + (objects - 1) / (deletedOneIn - 1);
    }

    /// How many of the first `creations` have been deleted.
    public long deleted(long creations) {
        return deletedOneIn == NONE ? 0 : creations / deletedOneIn;
    }

    /// The creation of the object that has `offset` newer ones.
    public long creationAt(long offset) {
        long older = objects - 1 - offset;
        return deletedOneIn == NONE ? older : older + older / (deletedOneIn - 1);
    }

    /// The deficits of all pages.
    public List<Span> deficits() {
        if (deletedOneIn == NONE) {
            return List.of();
        }
        var spans = new ArrayList<Span>();
        for (long page = 0; layout.first(page) < created(); page++) {
            long deficit = deleted(Math.min(created(), layout.first(page + 1))) - deleted(layout.first(page));
            if (deficit > 0) {
                spans.add(Span.of(page, deficit));
            }
        }
        return spans;
    }

    /// The items of the counters.
    public Stream<Map<String, AttributeValue>> counters() {
        var head = new HashMap<>(Directory.headKey(tenant));
        head.put(Directory.CREATED, Attributes.number(created()));
        var groups = new HashMap<Long, Map<String, AttributeValue>>();
        for (Span span : deficits()) {
            long group = layout.groupOf(span.from());
            groups.computeIfAbsent(group, g -> new HashMap<>(Directory.groupKey(tenant, g)))
                    .put(Directory.attribute(span, layout.firstPage(group)), Attributes.number(span.deficit()));
        }
        return Stream.concat(Stream.of(head), groups.values().stream());
    }

    /// The items of all objects.
    public Stream<Map<String, AttributeValue>> items() {
        return items(0, created());
    }

    /// The items of the objects from the creation `from` to the one before `to`, oldest first.
    public Stream<Map<String, AttributeValue>> items(long from, long to) {
        return LongStream.range(Math.max(0, from), Math.min(created(), to))
                .filter(this::exists)
                .mapToObj(this::item);
    }

    /// The id of a creation.
    public SegmentId id(long creation) {
        var position = new Position(layout.pageOf(creation), new Timestamp(EPOCH_MICROS + creation * MICROS_APART));
        return SegmentId.issue(tenant, position, new Random(creation));
    }

    private boolean exists(long creation) {
        return deletedOneIn == NONE || creation % deletedOneIn != deletedOneIn - 1;
    }

    private Map<String, AttributeValue> item(long creation) {
        VersionedSegment bare = VersionedSegment.created(id(creation), Optional.empty());
        long rest = entryBytes
                - ItemSize.of(indexEntry(SegmentItem.of(tenant, bare)))
                - SegmentItem.MARKET_SEGMENT.length();
        var name = new SegmentName("Segment ".repeat((int) (rest / 8 + 1)).substring(0, (int) rest - 1) + "x");
        return SegmentItem.of(tenant, VersionedSegment.created(bare.segment().id(), Optional.of(name)));
    }

    /// An item as it stands in the index, which leaves its version out.
    public static Map<String, AttributeValue> indexEntry(Map<String, AttributeValue> item) {
        var entry = new HashMap<>(item);
        entry.remove(SegmentItem.VERSION);
        entry.remove(SegmentItem.WRITER);
        return entry;
    }
}
