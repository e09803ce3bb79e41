package dev.overplane.crm.segment.counting;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What one tenant's counters say: how many objects there are, and where in the index an `offset` lies.
///
/// Invariants, which the store keeps by changing objects and counters in one transaction:
///
/// - `created` is the number of objects ever created, and an object's page is that of its number.
/// - A group's `deleted` is the number of its objects that have been deleted.
/// - So `created` less all `deleted` is the number of objects there are, and the same holds for each group.
///
/// Immutable.
public final class Counters {

    private final PageLayout layout;
    private final long created;
    private final Map<Long, GroupCounter> groups;
    private final List<PageRun> newestFirst;
    private final long total;

    private Counters(PageLayout layout, long created, Map<Long, GroupCounter> groups) {
        this.layout = layout;
        this.created = created;
        this.groups = groups;
        this.newestFirst = LongStream.range(0, Math.ceilDiv(layout.pages(created), layout.groupPages()))
                .mapToObj(group -> run(group(group)))
                .toList()
                .reversed();
        this.total = newestFirst.stream().mapToLong(PageRun::live).sum();
    }

    /// Reads the counters.
    ///
    /// @param created objects ever created
    /// @param groups the groups from which something has been deleted, in any order
    public static Counters of(PageLayout layout, long created, Collection<GroupCounter> groups) {
        return new Counters(
                layout, created, groups.stream().collect(Collectors.toMap(GroupCounter::group, Function.identity())));
    }

    /// How many objects there are.
    public long total() {
        return total;
    }

    /// The counters of all groups from which something has been deleted.
    public Collection<GroupCounter> groups() {
        return groups.values();
    }

    /// The pages of a group, if `archive` belongs to it: see [PageCounts#isConsistent].
    public PageCounts pages(GroupCounter group, Archive archive) {
        return new PageCounts(layout, created, group, archive);
    }

    /// Where objects lie in the index.
    public sealed interface Location {

        /// What to read from the index.
        ///
        /// @param reads the reads whose results, one after the other, are the objects
        record Known(List<IndexRead> reads) implements Location {}

        /// All objects lie in one group, and its pages must be known.
        ///
        /// @param group the group
        /// @param offset how many of its objects are newer
        /// @param take how many objects there are to read
        record InGroup(GroupCounter group, long offset, int take) implements Location {}
    }

    /// Finds the objects from the `offset`th on, newest first. Where the boundary of a group is no further than
    /// half a page, its pages do not matter.
    ///
    /// @param offset objects to leave out, 0 or more
    /// @param limit objects wanted, 1 or more
    public Location find(long offset, int limit) {
        if (offset >= total) {
            return new Location.Known(List.of());
        }
        int take = (int) Math.min(limit, total - offset);
        List<IndexRead> reads = IndexRead.between(newestFirst, offset, take);
        if (reads.size() > 1 || reads.getFirst().skip() <= Math.max(layout.pageSize() / 2, take)) {
            return new Location.Known(reads);
        }
        // One read that skips more than it keeps never crosses a boundary.
        long newer = 0;
        int i = 0;
        while (offset >= newer + newestFirst.get(i).live()) {
            newer += newestFirst.get(i++).live();
        }
        return new Location.InGroup(group(layout.groupOf(newestFirst.get(i).from())), offset - newer, take);
    }

    private GroupCounter group(long group) {
        return groups.getOrDefault(group, GroupCounter.empty(group));
    }

    private PageRun run(GroupCounter group) {
        long from = layout.firstPage(group.group());
        long to = layout.firstPage(group.group() + 1);
        return new PageRun(from, to - 1, Math.max(0, layout.creations(created, from, to) - group.deleted()));
    }
}
