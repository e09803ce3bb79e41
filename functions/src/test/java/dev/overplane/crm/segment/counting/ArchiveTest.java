package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveTest {

    /// Stored data: it must never change.
    @Test
    void two_bytes_a_page_are_stored_up_to_the_last_page_that_has_any() {
        Archive archive = Archive.EMPTY.with(Map.of(0, 7L, 2, 256L));
        assertArrayEquals(new byte[] {0, 7, 0, 0, 1, 0}, archive.toBytes());
        assertEquals("Archive[7, 0, 256]", archive.toString());
        assertEquals(archive, Archive.of(archive.toBytes()));
        assertArrayEquals(new byte[0], Archive.EMPTY.toBytes());
    }

    @Test
    void a_full_group_stays_within_five_kilobytes() {
        Archive archive = Archive.EMPTY.with(Map.of(PageLayout.STANDARD.groupPages() - 1, 256L));
        assertEquals(5_000, archive.toBytes().length);
    }

    @Test
    void a_page_beyond_the_stored_ones_has_no_deletions() {
        Archive archive = Archive.EMPTY.with(Map.of(1, 3L));
        assertEquals(0, archive.deletions(0));
        assertEquals(3, archive.deletions(1));
        assertEquals(0, archive.deletions(2));
        assertEquals(3, archive.sum());
    }

    @Test
    void other_figures_leave_the_archive_as_it_was() {
        Archive archive = Archive.EMPTY.with(Map.of(1, 3L));
        assertEquals(5, archive.with(Map.of(1, 5L)).sum());
        assertEquals(3, archive.sum());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 65_536, Long.MAX_VALUE})
    void a_figure_that_does_not_fit_is_refused(long deletions) {
        assertThrows(IllegalArgumentException.class, () -> Archive.EMPTY.with(Map.of(0, deletions)));
    }

    @Test
    void half_a_figure_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Archive.of(new byte[3]));
    }
}
