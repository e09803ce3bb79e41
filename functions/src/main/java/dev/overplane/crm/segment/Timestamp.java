package dev.overplane.crm.segment;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// A point in time as the store keeps it. It is finer than a client sees, so that objects of one second have an
/// order.
///
/// @param micros microseconds since 1970-01-01T00:00:00Z, 0 to 2^55 - 1
public record Timestamp(long micros) implements Comparable<Timestamp> {

    static final int BITS = 55;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int LENGTH = 20;

    public Timestamp {
        if (micros < 0 || micros >>> BITS != 0) {
            throw new IllegalArgumentException("micros out of range");
        }
    }

    /// The present.
    public static Timestamp now(InstantSource clock) {
        return new Timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }

    /// The same point in time, to the microsecond.
    public Instant toInstant() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// RFC 3339 in UTC and whole seconds, such as `2024-01-15T09:30:00Z`. A list of a hundred has two hundred of
    /// them, and the formatter behind [Instant#toString] takes several times as long.
    public String toRfc3339() {
        long seconds = micros / MICROS_PER_SECOND;
        var text = new StringBuilder(LENGTH).append(LocalDate.ofEpochDay(seconds / SECONDS_PER_DAY));
        int ofDay = (int) (seconds % SECONDS_PER_DAY);
        appendTwoDigits(text.append('T'), ofDay / 3600);
        appendTwoDigits(text.append(':'), ofDay / 60 % 60);
        appendTwoDigits(text.append(':'), ofDay % 60);
        return text.append('Z').toString();
    }

    private static void appendTwoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compare(micros, other.micros);
    }
}
