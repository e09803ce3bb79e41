package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PageLayoutTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "256, 2500", "3, 2"})
    void a_creation_falls_into_the_page_whose_bounds_hold_it(int pageSize, int groupPages) {
        var layout = new PageLayout(pageSize, groupPages);
        for (long creation = 0; creation < 20_000; creation++) {
            long page = layout.pageOf(creation);
            assertTrue(layout.first(page) <= creation && creation < layout.first(page + 1), "creation " + creation);
            assertEquals(page + 1, layout.pages(creation + 1));
        }
        assertEquals(0, layout.pages(0));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "256, 2500", "3, 2"})
    void the_pages_of_a_group_are_consecutive(int pageSize, int groupPages) {
        var layout = new PageLayout(pageSize, groupPages);
        for (long page = 0; page < 6_000; page++) {
            long group = layout.groupOf(page);
            assertEquals(page, layout.firstPage(group) + layout.indexInGroup(page));
            assertTrue(layout.indexInGroup(page) < groupPages);
        }
    }

    /// Stored objects and counters say their page by this arithmetic: if a figure here changes, every table in
    /// use is void.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "255, 0, 0",
        "256, 1, 0",
        "639999, 2499, 0",
        "640000, 2500, 1",
        "10000000, 39062, 15",
        "1000000000, 3906250, 1562"
    })
    void the_products_layout_never_changes(long creation, long page, long group) {
        assertEquals(page, PageLayout.STANDARD.pageOf(creation));
        assertEquals(group, PageLayout.STANDARD.groupOf(page));
    }

    @Test
    void creations_are_counted_within_what_has_been_created() {
        var layout = new PageLayout(4, 3);
        assertEquals(4, layout.creations(10, 1, 2));
        assertEquals(2, layout.creations(10, 2, 3));
        assertEquals(0, layout.creations(10, 3, 6));
        assertEquals(10, layout.creations(10, 0, 6));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -1"})
    void a_layout_without_capacity_is_refused(int pageSize, int groupPages) {
        assertThrows(IllegalArgumentException.class, () -> new PageLayout(pageSize, groupPages));
    }
}
