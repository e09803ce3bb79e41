package dev.overplane.crm.benchmark;

import static dev.overplane.crm.benchmark.Costs.LIMIT;
import static dev.overplane.crm.benchmark.Costs.population;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every operation costs, in calls and capacity units, to the last unit: what `docs/listing.md` says, and
/// what must be reached in any case.
///
/// Of large tenants only those objects are there that the listings read, which makes no difference to them;
/// [FullSizeBudgetsTest] has whole ones.
class BudgetsTest {

    /// As many pages as deletes leave in a group before one of them archives, if there is no upkeep.
    private static final int BETWEEN_UPKEEPS = 64;

    private static final List<Population> PUBLISHED = PublishedCosts.populations();

    private static final List<Population> BETWEEN = Arrays.stream(Deleted.values())
            .flatMap(deleted -> LongStream.of(1_000, 100_000, 1_000_000, 10_000_000)
                    .mapToObj(created -> population(created, deleted, BETWEEN_UPKEEPS, Costs.ENTRY_BYTES)))
            .toList();

    private static Store store;

    @BeforeAll
    static void load() {
        store = Store.of(Stream.concat(
                Stream.concat(PUBLISHED.stream(), BETWEEN.stream()).flatMap(Costs::essence),
                OperationCosts.YOUNG_TENANT.counters()));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void listings_cost_what_the_table_says() throws IOException {
        PublishedCosts.LISTINGS.check(PUBLISHED.stream()
                .map(population -> Costs.row(store, population))
                .toList());
    }

    @Test
    void listings_of_a_hundred_million_cost_what_the_table_says_by_arithmetic() throws IOException {
        PublishedCosts.LARGE_LISTINGS.check(
                hundredMillion().map(Costs::expectedRow).toList());
    }

    @Test
    void the_other_operations_cost_what_the_table_says() throws IOException {
        PublishedCosts.OPERATIONS.check(new OperationCosts(store).rows());
    }

    static Stream<Population> published() {
        return PUBLISHED.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void up_to_ten_million_the_first_page_takes_three_units_and_any_page_twelve(Population population) {
        assertWithin(population, 3, 12);
    }

    static Stream<Population> between() {
        return BETWEEN.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("between")
    void up_to_ten_million_the_same_holds_between_two_upkeeps(Population population) {
        assertWithin(population, 3, 12);
    }

    private static void assertWithin(Population population, double first, double worst) {
        Meter.Reading<Listing> newest = Costs.measure(store, population, 0);
        assertEquals(2, newest.calls());
        assertTrue(newest.readUnits() <= first, () -> "the first page takes " + newest.readUnits());
        ExpectedCost expected = Costs.expected(population);
        Meter.Reading<Listing> deepest = Costs.measure(store, population, expected.worstOffset(LIMIT));
        assertTrue(deepest.calls() <= 4);
        assertTrue(deepest.readUnits() <= worst, () -> "the worst page takes " + deepest.readUnits());
        assertTrue(
                population.objects() < 1_000_000 || expected.naiveUnits(0, LIMIT) >= 1000 * deepest.readUnits(),
                "our worst against the best of the naive way");
    }

    static Stream<Population> hundredMillion() {
        return Arrays.stream(Deleted.values()).map(deleted -> population(100_000_000, deleted, Costs.ENTRY_BYTES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hundredMillion")
    void at_a_hundred_million_the_first_page_takes_five_units_and_any_page_sixteen(Population population) {
        ExpectedCost expected = Costs.expected(population);
        assertTrue(expected.units(0, LIMIT) <= 5);
        assertTrue(expected.units(expected.worstOffset(LIMIT), LIMIT) <= 16);
    }
}
