package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.Population;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The budgets of large tenants, with every object in place, against the naive way. Minutes; `-Pbudgets` runs them.
@Tag("slow")
class FullSizeBudgetsTest {

    private static final int RANDOM_OFFSETS = 300;

    @ParameterizedTest(name = "{0} objects, 1 in {1} deleted")
    @CsvSource({"100000, 0, 22", "100000, 10, 32", "1000000, 0, 22", "1000000, 10, 32"})
    void aWholeTenantCostsWhatArithmeticSays(long objects, int deletedOneIn, double average) {
        Population population = Costs.population(objects, deletedOneIn, 347);
        try (var store = Store.of(Stream.concat(population.counters(), population.items()))) {
            double worst = Stream.concat(Costs.OFFSETS.stream(), Stream.of(ExpectedCost.of(population).worstOffset(Costs.LIMIT)))
                    .mapToDouble(offset -> Costs.measure(store, population, offset).units())
                    .max()
                    .orElseThrow();
            double measured = new Random(1)
                    .longs(RANDOM_OFFSETS, 0, objects)
                    .mapToDouble(offset -> Costs.measure(store, population, offset).units())
                    .average()
                    .orElseThrow();
            assertTrue(measured <= average);
            assertEquals(ExpectedCost.of(population).average(Costs.LIMIT), measured, 0.5);

            var naive = new NaiveListing(store.client(), store.segments().name());
            var first = store.meter().measure(() -> naive.list(population.tenant(), 0, Costs.LIMIT));
            assertEquals(objects, first.result().total());
            assertEquals(ExpectedCost.of(population).naiveUnits(0, Costs.LIMIT), first.units(), first.calls() * 0.5);
            assertTrue(objects < 1_000_000 || first.units() >= 500 * worst, "1 : " + first.units() / worst);
        }
    }
}
