package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackoffTest {

    /// Draws the largest number there is.
    private static final RandomGenerator LARGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new AssertionError("not a whole range");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 25", "3, 50", "4, 100", "5, 200", "6, 400", "7, 400", "30, 400", "10000, 400"})
    void the_window_doubles_up_to_its_limit(int attempt, long millis) {
        assertEquals(Duration.ofMillis(millis), Retries.backoff(LARGEST).computeDelay(attempt));
    }

    @Test
    void a_wait_is_any_part_of_its_window() {
        var backoff = Retries.backoff(new Random(1));
        List<Long> waits = IntStream.range(0, 1_000)
                .mapToObj(_ -> backoff.computeDelay(5).toMillis())
                .toList();
        assertTrue(waits.stream().allMatch(wait -> wait >= 0 && wait <= 200));
        assertTrue(waits.stream().anyMatch(wait -> wait < 10));
        assertTrue(waits.stream().anyMatch(wait -> wait > 190));
    }

    /// What happens to instances that are restored from one snapshot, if their generator is part of it.
    @Test
    void two_instances_wait_for_the_same_times_only_if_their_generators_are_equal() {
        assertEquals(waits(new Random(7)), waits(new Random(7)));
        assertNotEquals(waits(new SecureRandom()), waits(new SecureRandom()));
    }

    private static List<Duration> waits(RandomGenerator random) {
        var backoff = Retries.backoff(random);
        return IntStream.range(2, 20).mapToObj(backoff::computeDelay).toList();
    }

    /// The SDK's own waits, which the strategy had before, come from a generator that is part of the snapshot.
    @ParameterizedTest
    @MethodSource("failures")
    void the_sdk_waits_as_the_generator_says_that_it_is_given(Exception failure, long millis) {
        var strategy = Retries.strategy(LARGEST);
        var token = strategy.acquireInitialToken(AcquireInitialTokenRequest.create("call"))
                .token();
        for (long window : new long[] {millis, 2 * millis, 4 * millis}) {
            RefreshRetryTokenResponse next = strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                    .token(token)
                    .failure(failure)
                    .build());
            assertEquals(Duration.ofMillis(window), next.delay());
            token = next.token();
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(RetryableException.create("cut off"), 25),
                Arguments.of(Errors.named("ThrottlingException"), 50));
    }

    @ParameterizedTest
    @CsvSource({"419, false", "420, true", "3000, true", "0, false", "-5, false"})
    void another_attempt_is_made_only_if_the_longest_wait_leaves_time_for_it(long millis, boolean time) {
        assertEquals(time, Retries.isTimeForAnotherAttempt(Duration.ofMillis(millis)));
    }

    @Test
    void outside_a_call_there_is_no_time() {
        assertFalse(DynamoDb.hasTimeForAnotherAttempt());
    }
}
