package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Why a call says that it failed, after a transaction met another one at its first item.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DynamoDbTest {

    private static final Failure CONFLICT = new Failure(1, Errors.cancelled("TransactionConflict", "None"));

    private final Deadline deadline = Deadline.in(Duration.ofSeconds(30));
    private final DynamoDb dynamoDb = new DynamoDb((DynamoDbClient) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (_, method, _) -> {
                throw new AssertionError(method);
            }));

    /// How the SDK's call ends.
    ///
    /// @param attempts how often it sends
    private record Failure(int attempts, RuntimeException exception) {}

    @Test
    void the_conflict_if_the_time_ended_before_the_next_answer() {
        StoreUnavailableException e = failure(CONFLICT, CONFLICT, timeout(1));
        assertTrue(e.conflicted(0));
        assertFalse(e.conflicted(1));
        assertEquals("no time left after a cancellation", e.getMessage());
    }

    @Test
    void the_conflict_if_the_time_ended_before_anything_was_sent() {
        assertTrue(failure(CONFLICT, timeout(0)).conflicted(0));
    }

    /// The first of them had its whole time, or was answered otherwise.
    @Test
    void the_time_if_several_attempts_since_have_got_no_further() {
        assertFalse(failure(CONFLICT, timeout(2)).conflicted(0));
    }

    @Test
    void what_dynamodb_has_said_since() {
        var underWay = Errors.named("TransactionInProgressException");
        StoreUnavailableException e = failure(CONFLICT, new Failure(1, underWay));
        assertFalse(e.conflicted(0));
        assertEquals(underWay, e.getCause());
    }

    @Test
    void the_time_if_there_was_no_conflict() {
        assertFalse(failure(timeout(1)).conflicted(0));
    }

    /// And no number of attempts ends it.
    @Test
    void the_conflict_after_more_attempts_than_the_sdk_would_make() {
        var conflicts = new Failure[12];
        Arrays.fill(conflicts, CONFLICT);
        conflicts[11] = timeout(1);
        assertTrue(failure(conflicts).conflicted(0));
        assertEquals(12, deadline.usage().attempts());
    }

    private static Failure timeout(int attempts) {
        return new Failure(attempts, ApiCallTimeoutException.create(1));
    }

    private StoreUnavailableException failure(Failure... failures) {
        Iterator<Failure> next = List.of(failures).iterator();
        return assertThrows(
                StoreUnavailableException.class,
                () -> dynamoDb.call(deadline, (_, _) -> {
                    Failure failure = next.next();
                    for (int i = 0; i < failure.attempts(); i++) {
                        deadline.usage().sent();
                    }
                    throw failure.exception();
                }));
    }
}
