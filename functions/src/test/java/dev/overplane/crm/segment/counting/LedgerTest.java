package dev.overplane.crm.segment.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerTest {

    private static final PageLayout LAYOUT = new PageLayout(4, 2, 4);

    static Stream<Arguments> histories() {
        return Stream.of(0, 1, 3, 4, 5, 31, 32, 33, 150)
                .flatMap(
                        created -> Stream.of(0.0, 0.1, 0.5, 0.9, 1.0).map(survival -> Arguments.of(created, survival)));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void every_offset_and_limit_finds_what_the_model_holds(int created, double survival) {
        check(Creations.random(LAYOUT, created, survival, new Random(created)), false);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void every_offset_and_limit_finds_the_same_after_a_merge(int created, double survival) {
        check(Creations.random(LAYOUT, created, survival, new Random(created)), true);
    }

    private static void check(Creations model, boolean merge) {
        Ledger ledger = ledger(model, merge);
        List<Integer> order = model.newestFirst();
        assertEquals(order.size(), ledger.total());
        for (int offset = 0; offset <= order.size() + 1; offset++) {
            for (int limit = 1; limit <= order.size() + 1; limit++) {
                List<Integer> expected =
                        order.stream().skip(offset).limit(limit).toList();
                List<Integer> found = ledger.slices(offset, limit).stream()
                        .map(model::read)
                        .flatMap(List::stream)
                        .toList();
                assertEquals(expected, found, "offset " + offset + ", limit " + limit);
            }
        }
    }

    private static Ledger ledger(Creations model, boolean merge) {
        List<Span> spans = model.spans(List.of());
        List<Merge> merges = merge
                ? Stream.iterate(
                                0L,
                                group -> group <= LAYOUT.groupOf(LAYOUT.pageOf(model.created())),
                                group -> group + 1)
                        .flatMap(group -> Merge.plan(LAYOUT, model.created(), group, ofGroup(spans, group)).stream())
                        .toList()
                : List.of();
        return Ledger.of(LAYOUT, model.created(), model.spans(merges));
    }

    private static List<Span> ofGroup(List<Span> spans, long group) {
        return spans.stream()
                .filter(span -> LAYOUT.groupOf(span.from()) == group)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_slice_within_one_page_skips_no_more_than_half_of_it(int created, double survival) {
        var model = Creations.random(LAYOUT, created, survival, new Random(created));
        Ledger ledger = ledger(model, false);
        long largest = LAYOUT.capacity(LAYOUT.pageOf(created));
        for (int offset = 0; offset < ledger.total(); offset++) {
            Slice slice = ledger.slices(offset, 1).getFirst();
            assertTrue(slice.skip() <= largest / 2, () -> "skips " + slice);
        }
    }

    @Test
    void objects_across_a_boundary_are_read_from_it_both_ways() {
        Ledger ledger = Ledger.of(PageLayout.STANDARD, 1024, List.of());
        assertEquals(List.of(new Slice(3, false, 0, 6), new Slice(2, true, 0, 14)), ledger.slices(250, 20));
        assertEquals(
                List.of(new Slice(3, true, 10, 256)),
                ledger.slices(10, 256),
                "where little is passed over, one call does");
    }

    @Test
    void a_deletion_in_a_merged_run_adds_to_its_deficit() {
        Ledger ledger = Ledger.of(LAYOUT, 20, List.of(Span.of(2, 1), new Span(1, 3, 10)));
        assertEquals(20 - 11, ledger.total());
        assertEquals(new Span(1, 3, 11), ledger.unitOf(2));
        assertEquals(1, ledger.live(ledger.unitOf(2)));
    }

    @Test
    void spans_that_overlap_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Ledger.of(LAYOUT, 40, List.of(new Span(1, 3, 1), new Span(2, 4, 1))));
    }

    @Test
    void among_ten_million_objects_none_is_further_than_half_a_page_from_where_its_reading_begins() {
        Ledger ledger = Ledger.of(PageLayout.STANDARD, 10_000_000, List.of());
        for (long offset = 0; offset < 10_000_000; offset += 9_973) {
            for (int limit : new int[] {1, 20, 100}) {
                List<Slice> slices = ledger.slices(offset, limit);
                assertTrue(slices.stream().allMatch(slice -> slice.skip() <= 497 / 2), () -> "skips " + slices);
            }
        }
    }
}
