package dev.overplane.crm.benchmark;

import static dev.overplane.crm.benchmark.Costs.LIMIT;
import static dev.overplane.crm.benchmark.Costs.population;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.store.Population;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every operation costs, in calls and capacity units, to the last unit: what `docs/listing.md` says, and
/// what must be reached in any case.
///
/// Of large tenants only those pages are there that the listings read, which makes no difference to them;
/// [FullSizeBudgetsTest] has whole ones.
class BudgetsTest {

    private static final int[] DELETED_ONE_IN = {Population.NONE, 10, 2};

    private static List<Population> published;
    private static Store store;

    @BeforeAll
    static void load() {
        published = PublishedCosts.populations(DELETED_ONE_IN);
        store = Store.of(
                Stream.concat(published.stream().flatMap(Costs::essence), OperationCosts.YOUNG_TENANT.counters()));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void listingsCostWhatTheTableSays() throws IOException {
        PublishedCosts.LISTINGS.check(published.stream()
                .map(population -> Costs.row(store, population))
                .toList());
    }

    @Test
    void theOtherOperationsCostWhatTheTableSays() throws IOException {
        PublishedCosts.OPERATIONS.check(new OperationCosts(store).rows());
    }

    @ParameterizedTest(name = "of {0} objects the first page takes 2 calls and 2 units")
    @CsvSource({"10", "1000", "100000", "1000000", "10000000"})
    void theFirstPageTakesTwoCallsAndTwoUnitsWhateverTheSize(long objects) {
        var reading = Costs.measure(store, population(objects, Population.NONE, 347), 0);
        assertEquals(2, reading.calls());
        assertTrue(reading.units() <= 2);
        int tenDeleted = (int) (objects / 10) + 1;
        assertTrue(ExpectedCost.of(population(objects, tenDeleted, 347)).units(0, LIMIT) <= 2, "with few deletions");
    }

    @ParameterizedTest(name = "of a million, 1 in {0} deleted: at worst {1} units, on average {2}")
    @CsvSource({"0, 50, 22", "10, 60, 32", "2, 60, 32"})
    void anyPageOfAMillionStaysWithinItsBudget(int deletedOneIn, double worst, double average) {
        Population population = population(1_000_000, deletedOneIn, 347);
        ExpectedCost expected = ExpectedCost.of(population);
        var reading = Costs.measure(store, population, expected.worstOffset(LIMIT));
        assertTrue(reading.calls() <= 3);
        assertTrue(reading.units() <= worst);
        assertTrue(expected.average(LIMIT) <= average);
        assertTrue(
                expected.naiveUnits(0, LIMIT) >= 500 * reading.units(), "our worst against the best of the naive way");
    }
}
