package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Contention;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of creates of one tenant that come faster than its head can be written.
class ContentionTest {

    private static final Duration HOLD = Duration.ofMillis(15);

    @Test
    void steady_creates_are_lost_as_the_table_says() throws IOException {
        PublishedCosts.CONTENTION.check(Contention.rows());
    }

    @Test
    void none_of_thirty_two_creates_at_once_is_lost() {
        long lost = LongStream.range(0, 1_000)
                .map(seed -> Contention.burst(32, HOLD, new Random(seed)).lost())
                .sum();
        assertTrue(lost <= 10, () -> lost + " of 32,000 are lost");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, 200, 400})
    void no_more_succeed_than_the_head_can_take(int creates) {
        Contention.Outcome outcome = Contention.burst(creates, HOLD, new Random(1));
        assertEquals(creates, outcome.lost() + outcome.millis().length);
        assertTrue(outcome.millis().length <= 3_000 / 15);
    }

    /// The head takes 200 within the 3 s of a request.
    @Test
    void most_of_four_hundred_at_once_are_lost() {
        assertTrue(Contention.burst(400, HOLD, new Random(1)).share() > 0.5);
    }
}
