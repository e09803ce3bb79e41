package dev.overplane.crm.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
    /// @throws StoreUnavailableException if there was no answer in time, or none but a transient error
    public <T> T call(Deadline deadline, Call<T> call) {
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
                                    .build()));
        } catch (SdkClientException e) {
            throw new StoreUnavailableException(e);
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
