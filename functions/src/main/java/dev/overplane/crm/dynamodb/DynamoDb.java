package dev.overplane.crm.dynamodb;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// DynamoDB with a deadline. Each call gets the time that is left. Every way of being out of reach becomes one
/// [StoreUnavailableException]; a failed condition passes through as the SDK throws it.
///
/// Thread-safe.
public final class DynamoDb {

    /// Below this there is no point in sending anything.
    static final Duration LEAST_TIME = Duration.ofMillis(20);

    /// The deadline of the call that this thread makes.
    private static final ScopedValue<Deadline> DEADLINE = ScopedValue.newInstance();

    private final DynamoDbClient client;
    // Safe across snapshots: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html
    private final BackoffStrategy backoff = Retries.backoff(new SecureRandom());

    /// @param client client with the retries and time-outs of [DynamoDbClients]
    public DynamoDb(DynamoDbClient client) {
        this.client = client;
    }

    /// One request to DynamoDB.
    @FunctionalInterface
    public interface Call<T> {

        /// Makes the request.
        ///
        /// @param limits the time limit, as the request's override configuration
        T make(DynamoDbClient client, AwsRequestOverrideConfiguration limits);
    }

    /// Makes a call, with retries, before the deadline.
    ///
    /// A transaction that DynamoDB has cancelled is made anew: it gets another client request token. Whether
    /// DynamoDB would run it again under the same token, or repeat that it is cancelled, is not documented. A
    /// cancelled transaction has done nothing. But if an attempt before the cancelled one had no answer, it may
    /// be done: then the token stays, by which DynamoDB knows it.
    ///
    /// If the time ends while the first attempt after a cancellation waits for its answer, the cancellation is the
    /// reason given. Such an attempt had less than its own time: a transaction that meets another one until the end
    /// is told so, however little time was left at last.
    ///
    /// @throws StoreUnavailableException if there was no answer in time, or none but a transient error
    public <T> T call(Deadline deadline, Call<T> call) {
        String token = UUID.randomUUID().toString();
        boolean isInDoubt = false;
        TransactionCanceledException last = null;
        for (int attempt = 1; ; attempt++) {
            int sent = deadline.usage().attempts();
            try {
                return callOnce(deadline, token, call);
            } catch (StoreUnavailableException e) {
                boolean isFirstSince = deadline.usage().attempts() <= sent + 1;
                throw last != null && isFirstSince && e.ranOutOfTime()
                        ? new StoreUnavailableException("no time left after a cancellation", last)
                        : e;
            } catch (TransactionCanceledException e) {
                if (!TransientErrors.isTransient(e)) {
                    throw e;
                }
                deadline.usage().conflicted();
                if (!Retries.isTimeForAnotherAttempt(deadline.remaining())) {
                    throw new StoreUnavailableException(e);
                }
                pause(backoff.computeDelay(attempt + 1), e);
                last = e;
                isInDoubt |= e.numAttempts() == null || e.numAttempts() > 1;
                if (!isInDoubt) {
                    token = UUID.randomUUID().toString();
                }
            }
        }
    }

    private static void pause(Duration backoff, TransactionCanceledException reason) {
        try {
            Thread.sleep(backoff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(reason);
        }
    }

    private <T> T callOnce(Deadline deadline, String token, Call<T> call) {
        Duration remaining = deadline.remaining();
        if (remaining.compareTo(LEAST_TIME) < 0) {
            throw new StoreUnavailableException("no time left");
        }
        try {
            return ScopedValue.where(DEADLINE, deadline)
                    .call(() -> call.make(
                            client,
                            AwsRequestOverrideConfiguration.builder()
                                    .apiCallTimeout(remaining)
                                    .putExecutionAttribute(ClientRequestToken.TOKEN, token)
                                    .putExecutionAttribute(UsageRecorder.USAGE, deadline.usage())
                                    .build()));
        } catch (SdkClientException e) {
            throw new StoreUnavailableException(e);
        } catch (TransactionCanceledException e) {
            throw e;
        } catch (SdkServiceException e) {
            if (e.statusCode() >= 500 || e.isThrottlingException() || TransientErrors.isTransient(e)) {
                throw new StoreUnavailableException(e);
            }
            throw e;
        }
    }

    /// Whether the call that this thread makes has time for another attempt.
    static boolean hasTimeForAnotherAttempt() {
        return DEADLINE.isBound()
                && Retries.isTimeForAnotherAttempt(DEADLINE.get().remaining());
    }
}
