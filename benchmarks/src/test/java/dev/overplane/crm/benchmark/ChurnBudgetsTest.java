package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentLister;
import dev.overplane.crm.segment.store.SegmentUpkeep;
import dev.overplane.crm.segment.store.Survivors;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a tenant costs that has created a million objects more than it has now.
class ChurnBudgetsTest {

    private static final int LEFT = 1_000;
    private static final int GONE = 1_000_000;

    /// Which objects are left.
    enum Pattern {
        OLDEST(i -> i),
        NEWEST(i -> GONE + i),
        EVENLY_SPREAD(i -> i * (GONE / LEFT + 1)),
        AT_RANDOM(i -> i * (GONE / LEFT + 1) + new Random(i).nextInt(GONE / LEFT));

        private final LongUnaryOperator creation;

        Pattern(LongUnaryOperator creation) {
            this.creation = creation;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void afterOneUpkeepItIsThatOfATenantThatNeverHadMore(Pattern left) {
        Population population = Costs.population(GONE + LEFT, Population.NONE, 347);
        var survivors = new Survivors(
                population,
                new TreeSet<>(
                        LongStream.range(0, LEFT).map(left.creation).boxed().toList()));
        ExpectedCost never = ExpectedCost.of(Costs.population(LEFT, Population.NONE, 347));
        try (var store = Store.of(survivors.items())) {
            assertTrue(new SegmentUpkeep(store.segments()).merge(population.tenant(), soon()) > 0);
            assertEquals(never.units(0, Costs.LIMIT), list(store, survivors, 0).units());
            double worst = LongStream.iterate(1, offset -> offset < LEFT, offset -> offset + 97)
                    .mapToDouble(offset -> list(store, survivors, offset).units())
                    .max()
                    .orElseThrow();
            assertTrue(
                    worst <= never.units(never.worstOffset(Costs.LIMIT), Costs.LIMIT),
                    () -> "the worst offset costs " + worst + " read units");
        }
    }

    private static Meter.Reading<Listing> list(Store store, Survivors survivors, long offset) {
        var lister = new SegmentLister(store.segments());
        Meter.Reading<Listing> reading =
                store.meter().measure(() -> lister.list(survivors.population().tenant(), offset, Costs.LIMIT, soon()));
        List<String> wanted =
                survivors.newestFirst().stream().skip(offset).limit(Costs.LIMIT).toList();
        assertEquals(
                wanted,
                reading.result().data().stream()
                        .map(segment -> segment.id().value())
                        .toList());
        assertEquals(LEFT, reading.result().total());
        assertTrue(reading.calls() <= 3);
        return reading;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
