package dev.overplane.crm.dynamodb;

import java.time.Duration;

/// The instant by which a request must be answered, on the clock that never jumps.
///
/// @param startNanos when it was set, in the terms of `System.nanoTime()`
/// @param limit time from then on
public record Deadline(long startNanos, Duration limit) {

    /// The deadline that far from now.
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime(), limit);
    }

    /// Time since it was set.
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /// Time left; zero or less once it has passed.
    public Duration remaining() {
        return limit.minus(elapsed());
    }
}
