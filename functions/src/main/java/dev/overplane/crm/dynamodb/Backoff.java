package dev.overplane.crm.dynamodb;

import java.time.Duration;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/// Waits a random time before each further attempt: any part of a window that doubles up to a limit ("full
/// jitter"). The SDK's own strategy draws from `ThreadLocalRandom`, whose state is part of a SnapStart
/// snapshot: all instances that are restored from it would wait for the same times.
///
/// Thread-safe if the generator is.
///
/// @param first window before the second attempt
/// @param longest largest window
/// @param random generator whose state no snapshot holds
record Backoff(Duration first, Duration longest, RandomGenerator random) implements BackoffStrategy {

    /// Doubling any further only overflows.
    private static final int MAX_DOUBLINGS = 20;

    /// @param attempt the attempt to come, 2 for the second
    @Override
    public Duration computeDelay(int attempt) {
        if (attempt < 2) {
            return Duration.ZERO;
        }
        long doubled = first.toNanos() << Math.min(attempt - 2, MAX_DOUBLINGS);
        return Duration.ofNanos(random.nextLong(Math.min(doubled, longest.toNanos()) + 1));
    }
}
