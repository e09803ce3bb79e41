package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GroupChangeTest {

    private static final Archive ARCHIVE = Archive.EMPTY.with(Map.of(3, 4L));
    private static final GroupCounter GROUP = new GroupCounter(2, 7, 4, new TreeMap<>(Map.of(0, 1L, 3, 2L)));

    @Test
    void archiving_moves_figures_and_keeps_the_sum() {
        GroupChange change = GroupChange.archiving(GROUP, ARCHIVE).orElseThrow();
        assertEquals(new GroupCounter(2, 7, 7, new TreeMap<>()), change.after());
        assertEquals(Archive.EMPTY.with(Map.of(0, 1L, 3, 6L)), change.archive());
    }

    @Test
    void nothing_is_archived_where_there_is_nothing() {
        assertEquals(Optional.empty(), GroupChange.archiving(new GroupCounter(2, 4, 4, new TreeMap<>()), ARCHIVE));
    }

    @Test
    void nothing_is_archived_into_an_archive_of_another_state() {
        assertEquals(Optional.empty(), GroupChange.archiving(GROUP, Archive.EMPTY));
    }

    @Test
    void more_pages_than_an_expression_can_name_are_archived_in_parts() {
        GroupCounter group = GroupCounter.empty(0);
        for (int index = 0; index < 600; index++) {
            group = group.plus(index, 2);
        }
        GroupChange first = GroupChange.archiving(group, Archive.EMPTY).orElseThrow();
        GroupChange second =
                GroupChange.archiving(first.after(), first.archive()).orElseThrow();
        GroupChange third =
                GroupChange.archiving(second.after(), second.archive()).orElseThrow();
        assertEquals(350, first.after().unarchived().size());
        assertEquals(new GroupCounter(0, 1200, 1200, new TreeMap<>()), third.after());
        assertEquals(1200, third.archive().sum());
    }

    @Test
    void a_change_is_allowed_only_on_the_state_that_was_read() {
        GroupChange change = GroupChange.archiving(GROUP, ARCHIVE).orElseThrow();
        assertTrue(change.isAllowedOn(GROUP));
        assertFalse(change.isAllowedOn(GROUP.plus(0, 1)), "a delete came between");
        assertFalse(change.isAllowedOn(change.after()), "an archiving came between");
    }
}
