package dev.overplane.crm.segment.counting;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The deletions in one group of pages, as its item counts them. A delete adds to `deleted` and to its page in
/// `unarchived`, so `deleted` is `archived` plus the sum of `unarchived` at every moment.
///
/// Immutable.
///
/// @param group the group
/// @param deleted objects of this group ever deleted
/// @param archived how many of them the [Archive] counts by page
/// @param unarchived the others, by page within the group
public record GroupCounter(long group, long deleted, long archived, SortedMap<Integer, Long> unarchived) {

    public GroupCounter {
        unarchived = new TreeMap<>(unarchived);
    }

    /// A group from which nothing has been deleted.
    public static GroupCounter empty(long group) {
        return new GroupCounter(group, 0, 0, new TreeMap<>());
    }

    /// The group after `count` more deletions in one of its pages.
    ///
    /// @param index the page within the group, from 0
    public GroupCounter plus(int index, long count) {
        var pages = new TreeMap<>(unarchived);
        pages.merge(index, count, Long::sum);
        return new GroupCounter(group, deleted + count, archived, pages);
    }

    /// Whether it is right in itself.
    boolean isConsistent() {
        return deleted == archived + sum(unarchived);
    }

    static long sum(Map<Integer, Long> deletions) {
        return deletions.values().stream().mapToLong(Long::longValue).sum();
    }
}
