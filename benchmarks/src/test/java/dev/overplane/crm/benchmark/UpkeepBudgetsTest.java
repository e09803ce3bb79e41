package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentUpkeep;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What an upkeep makes of a tenant that has never had one.
class UpkeepBudgetsTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"ONE_IN_TEN", "EVERY_SECOND", "ALL_BUT_A_THOUSAND"})
    void after_an_upkeep_listings_cost_what_they_do_with_everything_archived(Deleted deleted) {
        Population archived = Costs.population(1_000_000, deleted, 0, Costs.ENTRY_BYTES);
        var before = new Population(
                archived.tenant(), archived.layout(), archived.created(), deleted, 600, archived.entryBytes());

        try (var store = Store.of(
                Stream.concat(before.allCounters(), Costs.essence(archived).filter(UpkeepBudgetsTest::isObject)))) {
            assertTrue(Costs.expected(before).counterUnits()
                    > Costs.expected(archived).counterUnits());
            int archivings =
                    new SegmentUpkeep(store.segments()).archive(archived.tenant(), Deadline.in(Duration.ofSeconds(30)));
            assertEquals(6, archivings, "two groups, 250 pages at a time");
            Costs.measure(store, archived, 0);
            Costs.measure(store, archived, Costs.expected(archived).worstOffset(Costs.LIMIT));
        }
    }

    private static boolean isObject(Map<String, AttributeValue> item) {
        return item.containsKey("page");
    }
}
