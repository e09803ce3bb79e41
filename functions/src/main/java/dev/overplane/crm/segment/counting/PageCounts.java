package dev.overplane.crm.segment.counting;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// What a group's item and its archive say about each of its pages.
///
/// @param layout how creations fall into pages
/// @param created objects ever created
/// @param group the group's item
/// @param archive the archive that was read after it
public record PageCounts(PageLayout layout, long created, GroupCounter group, Archive archive) {

    /// Whether item and archive belong together. If not, an archiving came between the two readings, for
    /// archiving changes both; a delete changes neither the item that was read nor the archive.
    public boolean isConsistent() {
        return group.isConsistent() && archive.sum() == group.archived();
    }

    /// How many objects have been created in `page`.
    public long creations(long page) {
        return layout.creations(created, page, page + 1);
    }

    /// How many objects of `page` have been deleted.
    public long deletions(long page) {
        int index = layout.indexInGroup(page);
        return archive.deletions(index) + group.unarchived().getOrDefault(index, 0L);
    }

    /// How many objects `page` has.
    public long live(long page) {
        return creations(page) - deletions(page);
    }

    /// How to read objects that all lie in this group. It skips half a page at most.
    ///
    /// @param offset how many objects of the group are newer
    public List<IndexRead> find(long offset, int take) {
        long first = layout.firstPage(group.group());
        long end = Math.min(layout.firstPage(group.group() + 1), layout.pages(created));
        List<PageRun> runs = LongStream.range(first, end)
                .mapToObj(page -> new PageRun(page, page, live(page)))
                .toList();
        return IndexRead.between(runs.reversed(), offset, take);
    }

    /// Corrects the deletions of some pages.
    ///
    /// @param deletions the right figures by page
    public GroupChange corrected(Map<Long, Long> deletions) {
        var figures = new TreeMap<Integer, Long>();
        deletions.forEach((page, count) -> figures.put(layout.indexInGroup(page), count));
        return GroupChange.figures(group, archive, figures);
    }
}
