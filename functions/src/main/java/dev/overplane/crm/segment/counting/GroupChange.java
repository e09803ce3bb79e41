package dev.overplane.crm.segment.counting;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A change of a group's item together with its archive, from the state in which both were read.
///
/// @param before the group as it was read
/// @param after the group afterwards; it has no page in `unarchived` that `before` has not
/// @param archive the archive afterwards
public record GroupChange(GroupCounter before, GroupCounter after, Archive archive) {

    /// Most pages that one change takes out of the item: DynamoDB takes 4 KB of an expression, and the name of a
    /// page has up to 7 bytes in it.
    public static final int MOST_PAGES = 250;

    /// Moves deletions by page from the item to the archive, so that the item stays small. The group's sum does
    /// not change, so no total can tell.
    ///
    /// @return empty if there is nothing to move, or the two were not read in the same state: another archiving
    ///     came between
    public static Optional<GroupChange> archiving(GroupCounter group, Archive archive) {
        return archiving(group, archive, MOST_PAGES);
    }

    /// @param mostPages most pages to move
    static Optional<GroupChange> archiving(GroupCounter group, Archive archive, int mostPages) {
        if (group.unarchived().isEmpty() || archive.sum() != group.archived()) {
            return Optional.empty();
        }
        var figures = new TreeMap<Integer, Long>();
        group.unarchived().entrySet().stream()
                .limit(mostPages)
                .forEach(page -> figures.put(page.getKey(), archive.deletions(page.getKey()) + page.getValue()));
        return Optional.of(figures(group, archive, figures));
    }

    /// Puts other figures for some pages into the archive, and nothing for them into the item.
    ///
    /// @param figures deletions by page within the group
    static GroupChange figures(GroupCounter group, Archive archive, Map<Integer, Long> figures) {
        SortedMap<Integer, Long> unarchived = new TreeMap<>(group.unarchived());
        unarchived.keySet().removeAll(figures.keySet());
        Archive changed = archive.with(figures);
        long archived = changed.sum();
        return new GroupChange(
                group,
                new GroupCounter(group.group(), archived + GroupCounter.sum(unarchived), archived, unarchived),
                changed);
    }

    /// Whether it may be committed: neither a delete nor another archiving has come between. Without the second
    /// half a late archiving of some pages could undo a later one of others.
    public boolean isAllowedOn(GroupCounter present) {
        return present.deleted() == before.deleted() && present.archived() == before.archived();
    }
}
