package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadlineTest {

    @Test
    void what_has_passed_is_missing_from_what_remains() {
        var deadline = new Deadline(1_000_000, Duration.ofMillis(5));
        assertEquals(Duration.ofMillis(5), deadline.remaining(1_000_000));
        assertEquals(Duration.ofMillis(2), deadline.remaining(4_000_000));
        assertEquals(Duration.ofMillis(-5), deadline.remaining(11_000_000));
    }

    @Test
    void the_clock_may_overflow() {
        var deadline = new Deadline(Long.MAX_VALUE, Duration.ofNanos(10));
        assertEquals(Duration.ofNanos(7), deadline.remaining(Long.MIN_VALUE + 2));
    }

    @Test
    void one_that_begins_now_has_no_more_than_its_limit_left() {
        Deadline deadline = Deadline.in(Duration.ofDays(1));
        Duration remaining = deadline.remaining();
        assertTrue(remaining.compareTo(Duration.ofDays(1)) <= 0);
        assertTrue(remaining.compareTo(Duration.ofHours(23)) > 0);
        assertFalse(deadline.elapsed().isNegative());
    }

    @Test
    void one_without_time_has_passed() {
        assertTrue(Deadline.in(Duration.ZERO).remaining().compareTo(Duration.ZERO) <= 0);
    }
}
