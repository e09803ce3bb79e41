package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CountersTest {

    /// Pages of 6, groups of 3 pages.
    private static final PageLayout LAYOUT = new PageLayout(6, 3);

    static Stream<Arguments> histories() {
        return Stream.of(0, 1, 5, 6, 7, 17, 18, 19, 54, 130)
                .flatMap(
                        created -> Stream.of(0.0, 0.1, 0.5, 0.9, 1.0).map(survival -> Arguments.of(created, survival)));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void every_offset_and_limit_finds_what_the_model_holds(int created, double survival) {
        var model = Creations.random(LAYOUT, created, survival, new Random(created));
        List<Integer> order = model.newestFirst();
        assertEquals(order.size(), model.counters().total());
        for (int offset = 0; offset <= order.size() + 1; offset++) {
            for (int limit = 1; limit <= order.size() + 1; limit++) {
                List<Integer> found = find(model, offset, limit).stream()
                        .map(model::read)
                        .flatMap(List::stream)
                        .toList();
                assertEquals(
                        order.stream().skip(offset).limit(limit).toList(),
                        found,
                        "offset " + offset + ", limit " + limit);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void no_read_skips_more_than_half_a_page_or_what_it_keeps(int created, double survival) {
        var model = Creations.random(LAYOUT, created, survival, new Random(created));
        for (int offset = 0; offset < model.counters().total(); offset++) {
            for (int limit : new int[] {1, 2, 5, 40}) {
                for (IndexRead read : find(model, offset, limit)) {
                    assertTrue(read.skip() <= Math.max(3, read.take()), () -> "skips " + read);
                }
            }
        }
    }

    private static List<IndexRead> find(Creations model, int offset, int limit) {
        Counters counters = model.counters();
        return switch (counters.find(offset, limit)) {
            case Counters.Location.Known(var reads) -> reads;
            case Counters.Location.InGroup(GroupCounter group, long inGroup, int take) -> {
                PageCounts pages = counters.pages(group, model.archive(group.group()));
                assertTrue(pages.isConsistent());
                yield pages.find(inGroup, take);
            }
        };
    }

    @Test
    void objects_across_the_boundary_of_groups_are_read_from_it_both_ways_without_an_archive() {
        Counters counters = Counters.of(PageLayout.STANDARD, 1_280_000, List.of());
        assertEquals(
                new Counters.Location.Known(
                        List.of(new IndexRead(2500, false, 0, 10), new IndexRead(2499, true, 0, 10))),
                counters.find(639_990, 20));
    }

    @Test
    void objects_across_the_boundary_of_pages_are_read_from_it_both_ways() {
        Counters counters = Counters.of(PageLayout.STANDARD, 1024, List.of());
        assertEquals(new Counters.Location.InGroup(GroupCounter.empty(0), 506, 20), counters.find(506, 20));
        PageCounts pages = counters.pages(GroupCounter.empty(0), Archive.EMPTY);
        assertEquals(List.of(new IndexRead(2, false, 0, 6), new IndexRead(1, true, 0, 14)), pages.find(506, 20));
    }

    @Test
    void a_group_of_which_little_is_left_is_read_from_its_boundary() {
        var group = new GroupCounter(0, 639_800, 639_800, new TreeMap<>());
        Counters counters = Counters.of(PageLayout.STANDARD, 1_280_000, List.of(group));
        assertEquals(
                new Counters.Location.Known(List.of(new IndexRead(2499, true, 60, 20))), counters.find(640_060, 20));
        assertEquals(new Counters.Location.Known(List.of(new IndexRead(0, false, 60, 20))), counters.find(640_120, 20));
    }

    @Test
    void a_group_beyond_all_creations_counts_for_nothing() {
        Counters counters =
                Counters.of(LAYOUT, 10, List.of(GroupCounter.empty(7).plus(0, 3)));
        assertEquals(10, counters.total());
        assertEquals(List.of(GroupCounter.empty(7).plus(0, 3)), List.copyOf(counters.groups()));
    }

    @Test
    void a_damaged_group_has_no_objects_rather_than_fewer_than_none() {
        Counters counters =
                Counters.of(LAYOUT, 20, List.of(GroupCounter.empty(0).plus(0, 30)));
        assertEquals(2, counters.total());
        assertEquals(new Counters.Location.Known(List.of()), counters.find(2, 5));
    }

    @Test
    void pages_are_known_only_if_item_and_archive_were_read_in_the_same_state() {
        GroupCounter before = GroupCounter.empty(0).plus(1, 2);
        GroupChange archiving = GroupChange.archiving(before, Archive.EMPTY).orElseThrow();
        GroupCounter later = archiving.after().plus(1, 1);
        assertTrue(pages(before, Archive.EMPTY).isConsistent());
        assertTrue(pages(later, archiving.archive()).isConsistent(), "a delete does not matter");
        assertEquals(3, pages(later, archiving.archive()).deletions(1));
        assertFalse(pages(before, archiving.archive()).isConsistent());
        assertFalse(pages(later, Archive.EMPTY).isConsistent());
    }

    @Test
    void an_item_that_is_wrong_in_itself_is_not_believed() {
        var group = new GroupCounter(0, 5, 2, new TreeMap<>(Map.of(0, 2L)));
        assertFalse(pages(group, Archive.EMPTY.with(Map.of(0, 2L))).isConsistent());
    }

    @Test
    void a_correction_puts_the_right_figure_and_keeps_the_others() {
        GroupCounter group = new GroupCounter(0, 9, 5, new TreeMap<>(Map.of(0, 1L, 1, 3L)));
        PageCounts wrong = pages(group, Archive.EMPTY.with(Map.of(0, 1L, 2, 4L)));
        GroupChange change = wrong.corrected(Map.of(1L, 5L));
        assertEquals(new GroupCounter(0, 11, 10, new TreeMap<>(Map.of(0, 1L))), change.after());
        PageCounts right = pages(change.after(), change.archive());
        assertTrue(right.isConsistent());
        assertEquals(
                List.of(2L, 5L, 4L), Stream.of(0L, 1L, 2L).map(right::deletions).toList());
    }

    @Test
    void among_ten_million_objects_none_is_further_than_half_a_page_from_where_its_reading_begins() {
        Counters counters = Counters.of(PageLayout.STANDARD, 10_000_000, List.of());
        for (long offset = 0; offset < 10_000_000; offset += 99_773) {
            for (int limit : new int[] {1, 20, 100}) {
                List<IndexRead> reads = switch (counters.find(offset, limit)) {
                    case Counters.Location.Known(var known) -> known;
                    case Counters.Location.InGroup in ->
                        counters.pages(in.group(), Archive.EMPTY).find(in.offset(), in.take());
                };
                assertTrue(reads.stream().allMatch(read -> read.skip() <= 128), () -> "skips " + reads);
            }
        }
    }

    private static PageCounts pages(GroupCounter group, Archive archive) {
        return new PageCounts(LAYOUT, 18, group, archive);
    }
}
