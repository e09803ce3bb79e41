package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransientErrorsTest {

    static Stream<Throwable> passing() {
        return Stream.of(
                Errors.cancelled("None", "TransactionConflict"),
                TransactionConflictException.builder().build(),
                TransactionInProgressException.builder().build(),
                // An answer that broke off before it named its error.
                DynamoDbException.builder().build());
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                Errors.cancelled("ConditionalCheckFailed", "TransactionConflict"),
                Errors.named("ValidationException"),
                ConditionalCheckFailedException.builder()
                        .awsErrorDetails(
                                Errors.named("ConditionalCheckFailedException").awsErrorDetails())
                        .build(),
                new IllegalStateException());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void an_error_that_may_pass_is_transient(Throwable error) {
        assertTrue(TransientErrors.isTransient(error));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void an_error_that_says_something_is_not(Throwable error) {
        assertFalse(TransientErrors.isTransient(error));
    }
}
