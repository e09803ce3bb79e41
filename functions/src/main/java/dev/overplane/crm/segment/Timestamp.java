package dev.overplane.crm.segment;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// A point in time as the store keeps it. It is finer than a client sees, so that objects of one second have an
/// order.
///
/// @param micros microseconds since 1970-01-01T00:00:00Z, 0 to 2^55 - 1
public record Timestamp(long micros) implements Comparable<Timestamp> {

    static final int BITS = 55;

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

    /// RFC 3339 in UTC and whole seconds, such as `2024-01-15T09:30:00Z`.
    public String toRfc3339() {
        return toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compare(micros, other.micros);
    }
}
