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
    @CsvSource({"1, 1, 1", "4, 2, 4", "256, 64, 128", "3, 7, 2"})
    void pages_follow_one_another_without_gap_or_overlap(int base, int divisor, int groupPages) {
        var layout = new PageLayout(base, divisor, groupPages);
        for (long page = 0; page < 1_000; page++) {
            assertEquals(layout.first(page + 1), layout.first(page) + layout.capacity(page), "page " + page);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "4, 2, 4", "256, 64, 128"})
    void a_creation_falls_into_the_page_whose_bounds_hold_it(int base, int divisor, int groupPages) {
        var layout = new PageLayout(base, divisor, groupPages);
        for (long creation = 0; creation < 20_000; creation++) {
            long page = layout.pageOf(creation);
            assertTrue(layout.first(page) <= creation && creation < layout.first(page + 1), "creation " + creation);
        }
    }

    /// Stored objects and counters say their page by this arithmetic: if a figure here changes, every table in
    /// use is void.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "255, 0",
        "256, 1",
        "1000000, 3906",
        "4194303, 16383",
        "4194304, 16384",
        "10000000, 31820",
        "1000000000, 357426"
    })
    void the_products_layout_never_changes(long creation, long page) {
        assertEquals(page, PageLayout.STANDARD.pageOf(creation));
    }

    @Test
    void the_pages_of_a_group_are_consecutive() {
        var layout = new PageLayout(4, 2, 3);
        assertEquals(2, layout.groupOf(6));
        assertEquals(6, layout.firstPage(2));
        assertEquals(8, layout.lastPage(2));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
    void a_layout_without_capacity_is_refused(int base, int divisor, int groupPages) {
        assertThrows(IllegalArgumentException.class, () -> new PageLayout(base, divisor, groupPages));
    }
}
