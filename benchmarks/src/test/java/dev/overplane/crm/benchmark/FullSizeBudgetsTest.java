package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.store.Deleted;
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

    /// The budget that [BudgetsTest] holds by arithmetic up to ten million objects.
    private static final int MOST_UNITS = 12;

    @ParameterizedTest(name = "{0} created, {1} deleted")
    @CsvSource({
        "100000, ONE_IN_TEN",
        "1000000, NONE",
        "1000000, ONE_IN_TEN",
        "1000000, EVERY_SECOND",
        "10000000, EVERY_SECOND",
        "10000000, ALL_BUT_A_THOUSAND"
    })
    void a_whole_tenant_costs_what_arithmetic_says(long created, Deleted deleted) {
        Population population = Costs.population(created, deleted, Costs.ENTRY_BYTES);
        ExpectedCost expected = Costs.expected(population);
        long objects = population.objects();
        try (var store = Store.of(Stream.concat(population.allCounters(), population.items()))) {
            double worst = Stream.concat(Costs.OFFSETS.stream(), Stream.of(expected.worstOffset(Costs.LIMIT)))
                    .mapToDouble(
                            offset -> Costs.measure(store, population, offset).readUnits())
                    .max()
                    .orElseThrow();
            double measured = new Random(1)
                    .longs(RANDOM_OFFSETS, 0, objects)
                    .mapToDouble(
                            offset -> Costs.measure(store, population, offset).readUnits())
                    .average()
                    .orElseThrow();
            assertTrue(worst <= MOST_UNITS);
            // A sample of the offsets has another average than all of them.
            assertEquals(expected.average(Costs.LIMIT), measured, 0.5);
        }
    }

    /// What the benchmark takes for granted of a million, which DynamoDB Local would need the better part of an
    /// hour for.
    @ParameterizedTest(name = "{0} objects from {1}")
    @CsvSource({"10000, 0", "10000, 5000", "100000, 0", "100000, 99980"})
    void the_naive_way_costs_what_arithmetic_says(long objects, long offset) {
        Population population = Costs.population(objects, Deleted.ONE_IN_TEN, Costs.ENTRY_BYTES);
        try (var store = Store.of(population.items())) {
            var naive = new NaiveListing(store.client(), store.segments().name());
            var reading = store.meter().measure(() -> naive.list(population.tenant(), offset, Costs.LIMIT));
            ExpectedCost expected = Costs.expected(population);
            assertEquals(population.objects(), reading.result().total());
            // Each call rounds its units up by itself.
            assertEquals(expected.naiveUnits(offset, Costs.LIMIT), reading.readUnits(), reading.calls() * 0.5);
            assertEquals(expected.naiveCalls(offset, Costs.LIMIT), reading.calls(), 2);
        }
    }
}
