package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MergeTest {

    /// Pages of 4, in groups of 4 pages.
    private static final PageLayout LAYOUT = new PageLayout(4, 100, 4);

    @Test
    void pages_that_hold_no_more_than_one_full_page_become_one_span() {
        List<Span> stored = List.of(Span.of(0, 4), Span.of(1, 3), Span.of(2, 2), Span.of(3, 1));
        assertEquals(
                List.of(new Merge(new Span(0, 2, 9), List.of(Span.of(0, 4), Span.of(1, 3), Span.of(2, 2)))),
                Merge.plan(LAYOUT, 100, 0, stored));
    }

    @Test
    void pages_that_lost_nothing_are_left_alone() {
        assertEquals(List.of(), Merge.plan(LAYOUT, 100, 0, List.of()));
        assertEquals(List.of(), Merge.plan(LAYOUT, 100, 0, List.of(Span.of(1, 1))));
    }

    @Test
    void a_deletion_in_a_run_becomes_part_of_it() {
        List<Span> stored = List.of(new Span(0, 2, 9), Span.of(1, 1));
        assertEquals(List.of(new Merge(new Span(0, 2, 10), stored)), Merge.plan(LAYOUT, 100, 0, stored));
    }

    @Test
    void a_run_and_its_neighbour_become_one_when_both_have_emptied() {
        List<Span> stored = List.of(new Span(0, 2, 11), Span.of(3, 3));
        assertEquals(List.of(new Merge(new Span(0, 3, 14), stored)), Merge.plan(LAYOUT, 100, 0, stored));
    }

    @Test
    void the_page_that_is_being_filled_is_left_alone() {
        // 14 creations: pages 0 to 2 are full, page 3 has 2.
        List<Span> stored = List.of(Span.of(1, 4), Span.of(2, 4), Span.of(3, 2));
        assertEquals(
                List.of(new Merge(new Span(0, 2, 8), List.of(Span.of(1, 4), Span.of(2, 4)))),
                Merge.plan(LAYOUT, 14, 0, stored));
    }

    @Test
    void a_group_that_has_not_begun_has_nothing_to_merge() {
        assertEquals(List.of(), Merge.plan(LAYOUT, 0, 0, List.of()));
    }
}
