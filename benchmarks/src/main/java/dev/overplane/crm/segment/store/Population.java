package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.benchmark.ItemSize;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageLayout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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
/// @param created objects ever created
/// @param deleted which of them have been deleted
/// @param unarchived most pages of each group whose deletions are not archived; 0 right after an upkeep
/// @param entryBytes size of an object in the index
public record Population(
        Tenant tenant, PageLayout layout, long created, Deleted deleted, int unarchived, int entryBytes) {

    /// 2025-01-01T00:00:00Z.
    private static final long EPOCH_MICROS = 1_735_689_600_000_000L;

    private static final long MICROS_APART = 1_234_567;

    /// How many objects there are.
    public long objects() {
        return survivors(created);
    }

    /// The creation of the object that has `offset` newer ones.
    public long creationAt(long offset) {
        return deleted.creation(objects() - 1 - offset, created);
    }

    /// How many objects are newer than the first creation of `page`, and those before it.
    public long newerThan(long page) {
        return objects() - survivors(Math.min(created, layout.first(page)));
    }

    private long survivors(long creations) {
        return deleted.survivors(creations, created);
    }

    /// What the counters say.
    public Counters counts() {
        long groups = Math.ceilDiv(layout.pages(created), layout.groupPages());
        List<GroupCounter> counters = LongStream.range(0, groups)
                .mapToObj(this::group)
                .filter(group -> group.deleted() > 0)
                .toList();
        return Counters.of(layout, created, counters);
    }

    /// The archive of a group.
    public Archive archive(long group) {
        SortedMap<Integer, Long> archived = new TreeMap<>(deletions(group));
        archived.keySet().removeAll(group(group).unarchived().keySet());
        int pages = archived.isEmpty() ? 0 : archived.lastKey() + 1;
        var bytes = ByteBuffer.allocate(pages * Character.BYTES);
        archived.forEach((index, count) -> bytes.putChar(index * Character.BYTES, (char) count.longValue()));
        return Archive.of(bytes.array());
    }

    /// The item of an archive.
    public Map<String, AttributeValue> archiveItem(long group) {
        return CounterItems.archive(tenant, group, archive(group));
    }

    private GroupCounter group(long group) {
        var unarchivedPages = new TreeMap<Integer, Long>();
        SortedMap<Integer, Long> deletions = deletions(group);
        deletions.entrySet().stream()
                .limit(unarchived)
                .forEach(page -> unarchivedPages.put(page.getKey(), page.getValue()));
        long sum = sum(deletions);
        return new GroupCounter(group, sum, sum - sum(unarchivedPages), unarchivedPages);
    }

    private static long sum(Map<Integer, Long> deletions) {
        return deletions.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Deletions by page within the group, pages without any left out.
    private SortedMap<Integer, Long> deletions(long group) {
        var deletions = new TreeMap<Integer, Long>();
        long end = Math.min(layout.pages(created), layout.firstPage(group + 1));
        for (long page = layout.firstPage(group); page < end; page++) {
            long count = layout.creations(created, page, page + 1) - newerThan(page) + newerThan(page + 1);
            if (count > 0) {
                deletions.put(layout.indexInGroup(page), count);
            }
        }
        return deletions;
    }

    /// The items that every listing reads.
    public Stream<Map<String, AttributeValue>> counters() {
        return Stream.concat(
                Stream.of(CounterItems.head(tenant, created)),
                counts().groups().stream().map(group -> CounterItems.group(tenant, group)));
    }

    /// The items of all counters.
    public Stream<Map<String, AttributeValue>> allCounters() {
        return Stream.concat(
                counters(),
                counts().groups().stream()
                        .filter(group -> group.archived() > 0)
                        .map(group -> archiveItem(group.group())));
    }

    /// The items of all objects.
    public Stream<Map<String, AttributeValue>> items() {
        return LongStream.range(0, objects()).mapToObj(offset -> item(creationAt(objects() - 1 - offset)));
    }

    /// The item of the object that has `offset` newer ones.
    public Map<String, AttributeValue> itemAt(long offset) {
        return item(creationAt(offset));
    }

    /// The id of a creation.
    public SegmentId id(long creation) {
        var position = new Position(layout.pageOf(creation), new Timestamp(EPOCH_MICROS + creation * MICROS_APART));
        return SegmentId.issue(tenant, position, new Random(creation));
    }

    private Map<String, AttributeValue> item(long creation) {
        VersionedSegment bare = VersionedSegment.created(id(creation), Optional.empty());
        long rest = entryBytes
                - ItemSize.of(indexEntry(SegmentItem.of(tenant, bare)))
                - SegmentItem.MARKET_SEGMENT.length();
        var name = new SegmentName("Segment ".repeat((int) (rest / 8 + 1)).substring(0, (int) rest - 1) + "x");
        return SegmentItem.of(tenant, VersionedSegment.created(bare.segment().id(), Optional.of(name)));
    }

    /// An item as it stands in the index, which leaves out what no listing shows.
    public static Map<String, AttributeValue> indexEntry(Map<String, AttributeValue> item) {
        var entry = new HashMap<>(item);
        entry.remove(SegmentItem.VERSION);
        entry.remove(SegmentItem.WRITER);
        entry.remove(SegmentItem.REQUEST_ID);
        return entry;
    }
}
