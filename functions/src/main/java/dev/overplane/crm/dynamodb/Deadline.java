package dev.overplane.crm.dynamodb;

import java.time.Duration;

/// The instant by which a request must be answered, on the clock that never jumps, and what its calls of DynamoDB have
/// used so far.
///
/// @param startNanos when it was set, by `System.nanoTime()`
/// @param limit time from then on
/// @param usage what the calls that end by it have used
public record Deadline(long startNanos, Duration limit, Usage usage) {

    /// A deadline before which nothing has been used.
    public Deadline(long startNanos, Duration limit) {
        this(startNanos, limit, new Usage());
    }

    /// The deadline that far from now.
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime(), limit);
    }

    /// A deadline of its own for a part of the work, that far from now. What the part uses counts as used here.
    public Deadline forPart(Duration limit) {
        return new Deadline(System.nanoTime(), limit, usage);
    }

    /// Time since it was set.
    public Duration elapsed() {
        return elapsed(System.nanoTime());
    }

    /// Time left; zero or less once it has passed.
    public Duration remaining() {
        return remaining(System.nanoTime());
    }

    /// Time left at another moment.
    ///
    /// @param nanos the moment, by `System.nanoTime()`
    public Duration remaining(long nanos) {
        return limit.minus(elapsed(nanos));
    }

    private Duration elapsed(long nanos) {
        return Duration.ofNanos(nanos - startNanos);
    }
}
