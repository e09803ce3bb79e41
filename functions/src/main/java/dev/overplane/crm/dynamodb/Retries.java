package dev.overplane.crm.dynamodb;

import java.time.Duration;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// What is tried again, and when.
final class Retries {

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(400);

    /// The deadline of a call ends its attempts. The SDK wants a number all the same.
    private static final int MORE_THAN_ANY_DEADLINE_ALLOWS = 10_000;

    private Retries() {}

    /// The SDK's standard retries, and those of transient errors that the SDK leaves to its users. Each attempt
    /// at a transaction carries the same client request token, so that one whose answer was lost is not done
    /// twice. A transaction that was cancelled is none of its business: see [DynamoDb#call].
    static StandardRetryStrategy strategy(RandomGenerator random) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MORE_THAN_ANY_DEADLINE_ALLOWS)
                // The SDK's quota of retries. A dozen failed requests or some crowded creates use it up, and a
                // hundred good calls restore it. Here the deadline is the limit.
                .circuitBreakerEnabled(false)
                .backoffStrategy(backoff(random))
                .throttlingBackoffStrategy(new Backoff(FIRST_BACKOFF.multipliedBy(2), LONGEST_BACKOFF, random))
                .retryOnException(e -> !(e instanceof TransactionCanceledException)
                        && TransientErrors.isTransient(e)
                        && DynamoDb.hasTimeForAnotherAttempt())
                .build();
    }

    /// The waits between attempts that met another transaction.
    static Backoff backoff(RandomGenerator random) {
        return new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, random);
    }

    /// Whether another attempt can be made in that time, however long the wait before it.
    static boolean isTimeForAnotherAttempt(Duration remaining) {
        return remaining.compareTo(LONGEST_BACKOFF.plus(DynamoDb.LEAST_TIME)) >= 0;
    }
}
