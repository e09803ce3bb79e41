package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionCancellationTest {

    private static TransactionCancellation of(String... codes) {
        return TransactionCancellation.of(Errors.cancelled(codes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"
            })
    void conflicts_and_throttling_are_transient(String code) {
        assertTrue(of("None", code).isTransient());
        assertTrue(of(code, "TransactionConflict").isTransient());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ItemCollectionSizeLimitExceeded", "ValidationError", "Unheard"})
    void anything_else_is_for_good_even_beside_a_conflict(String code) {
        assertFalse(of("TransactionConflict", code).isTransient());
    }

    @Test
    void a_failed_condition_is_for_good_unless_an_action_before_it_could_not_say_anything() {
        assertFalse(of("ConditionalCheckFailed", "TransactionConflict").isTransient());
        assertFalse(of("None", "ConditionalCheckFailed", "TransactionConflict").isTransient());
        assertTrue(of("TransactionConflict", "ConditionalCheckFailed").isTransient());
        assertTrue(of("ThrottlingError", "None", "ConditionalCheckFailed").isTransient());
    }

    @Test
    void without_reasons_nothing_is_known() {
        TransactionCancellation cancellation = TransactionCancellation.of(
                TransactionCanceledException.builder().build());
        assertFalse(cancellation.isTransient());
        assertFalse(cancellation.conditionFailed(0));
        assertFalse(cancellation.anyConditionFailed());
        assertFalse(cancellation.conflicted(0));
        assertEquals(Map.of(), cancellation.item(0));
        assertFalse(cancellation.from(1).conditionFailed(0));
    }

    @Test
    void each_action_has_its_own_reason() {
        TransactionCancellation cancellation = of("None", "ConditionalCheckFailed", "TransactionConflict");
        assertFalse(cancellation.conditionFailed(0));
        assertTrue(cancellation.conditionFailed(1));
        assertTrue(cancellation.conflicted(2));
        assertFalse(cancellation.conflicted(1));
        assertTrue(cancellation.anyConditionFailed());
        assertFalse(of("None", "TransactionConflict").anyConditionFailed());
    }

    @Test
    void the_reasons_can_be_looked_at_without_those_of_the_first_actions() {
        TransactionCancellation rest =
                of("None", "ConditionalCheckFailed", "TransactionConflict").from(1);
        assertTrue(rest.conditionFailed(0));
        assertTrue(rest.conflicted(1));
        assertFalse(rest.conflicted(2));
    }

    @Test
    void a_failed_condition_tells_the_item() {
        var item = Map.of("c", AttributeValue.fromN("7"));
        TransactionCancellation cancellation = TransactionCancellation.of(TransactionCanceledException.builder()
                .cancellationReasons(
                        CancellationReason.builder().code("None").build(),
                        CancellationReason.builder()
                                .code("ConditionalCheckFailed")
                                .item(item)
                                .build())
                .build());
        assertEquals(Map.of(), cancellation.item(0));
        assertEquals(item, cancellation.item(1));
    }
}
