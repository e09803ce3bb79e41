package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimestampTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "999999, 1970-01-01T00:00:00Z",
        "1705311000000000, 2024-01-15T09:30:00Z",
        "1705311000999999, 2024-01-15T09:30:00Z",
        "1709251199000000, 2024-02-29T23:59:59Z",
        "1709251200000000, 2024-03-01T00:00:00Z",
        "36028797018963967, 3111-09-16T23:10:18Z"
    })
    void a_client_sees_whole_seconds_rounded_down(long micros, String text) {
        assertEquals(text, new Timestamp(micros).toRfc3339());
    }

    @Test
    void it_reads_as_java_writes_it() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(1L << 55);
            assertEquals(Instant.ofEpochSecond(micros / 1_000_000).toString(), new Timestamp(micros).toRfc3339());
        }
    }

    @Test
    void the_present_is_kept_to_the_microsecond() {
        assertEquals(
                new Timestamp(1_705_311_000_123_456L),
                Timestamp.now(() -> Instant.parse("2024-01-15T09:30:00.123456789Z")));
    }

    @Test
    void earlier_times_are_less_than_later_ones() {
        assertTrue(new Timestamp(1).compareTo(new Timestamp(2)) < 0);
        assertEquals(0, new Timestamp(2).compareTo(new Timestamp(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 55, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_time_that_does_not_fit_into_an_id_is_refused(long micros) {
        assertThrows(IllegalArgumentException.class, () -> new Timestamp(micros));
    }
}
