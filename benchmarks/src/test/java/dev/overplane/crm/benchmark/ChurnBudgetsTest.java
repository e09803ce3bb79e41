package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.segment.store.Churn;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a million deletions leave behind, and what archiving adds to their price. The arithmetic is the
/// product's own, without a store; `SegmentUpkeepTest` and `SegmentDeleter` follow it on DynamoDB Local.
@Execution(ExecutionMode.CONCURRENT)
class ChurnBudgetsTest {

    private static final int KILOBYTE = 1024;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_million_deletions_leave_no_item_that_they_write_above_a_kilobyte(Churn.Order order) {
        Churn churn = Churn.of(order);
        assertTrue(churn.largestGroup() <= KILOBYTE, () -> "a group takes " + churn.largestGroup() + " bytes");
        assertTrue(churn.largestArchive() <= 5 * KILOBYTE, () -> "an archive takes " + churn.largestArchive());
        assertTrue(churn.writeUnitsADelete() <= 0.5, () -> "archiving adds " + churn.writeUnitsADelete());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_counters_are_those_of_a_model_after_a_million_deletions(Churn.Order order) {
        assertEquals(List.of(), Churn.of(order).differences());
    }

    @Test
    void archiving_costs_what_the_table_says() throws IOException {
        PublishedCosts.DELETIONS.check(Arrays.stream(Churn.Order.values())
                .map(order -> Churn.of(order).row())
                .toList());
    }
}
