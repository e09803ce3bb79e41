package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.store.Population;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The budgets of large tenants, with every object in place, and the naive way. Minutes; `-Pbudgets` runs them.
@Tag("slow")
class FullSizeBudgetsTest {

    private static final int RANDOM_OFFSETS = 300;

    @ParameterizedTest(name = "{0} objects, 1 in {1} deleted")
    @CsvSource({"100000, 0, 22", "100000, 10, 32", "1000000, 0, 22", "1000000, 10, 32"})
    void aWholeTenantCostsWhatArithmeticSays(long objects, int deletedOneIn, double average) {
        Population population = Costs.population(objects, deletedOneIn, 347);
        try (var store = Store.of(Stream.concat(population.counters(), population.items()))) {
            double worst = Stream.concat(
                            Costs.OFFSETS.stream(),
                            Stream.of(ExpectedCost.of(population).worstOffset(Costs.LIMIT)))
                    .mapToDouble(
                            offset -> Costs.measure(store, population, offset).units())
                    .max()
                    .orElseThrow();
            double measured = new Random(1)
                    .longs(RANDOM_OFFSETS, 0, objects)
                    .mapToDouble(
                            offset -> Costs.measure(store, population, offset).units())
                    .average()
                    .orElseThrow();
            assertTrue(measured <= average);
            assertEquals(ExpectedCost.of(population).average(Costs.LIMIT), measured, 0.5);

            assertTrue(objects < 1_000_000 || ExpectedCost.of(population).naiveUnits(0, Costs.LIMIT) >= 500 * worst);
        }
    }

    /// What the benchmark takes for granted of a million, which DynamoDB Local would need the better part of an
    /// hour for.
    @ParameterizedTest(name = "{0} objects from {1}")
    @CsvSource({"10000, 0", "10000, 5000", "100000, 0", "100000, 99980"})
    void theNaiveWayCostsWhatArithmeticSays(long objects, long offset) {
        Population population = Costs.population(objects, 10, 347);
        try (var store = Store.of(population.items())) {
            var naive = new NaiveListing(store.client(), store.segments().name());
            var reading = store.meter().measure(() -> naive.list(population.tenant(), offset, Costs.LIMIT));
            ExpectedCost expected = ExpectedCost.of(population);
            assertEquals(objects, reading.result().total());
            assertEquals(expected.naiveUnits(offset, Costs.LIMIT), reading.units(), reading.calls() * 0.5);
            assertEquals(expected.naiveCalls(offset, Costs.LIMIT), reading.calls(), 2);
        }
    }
}
