package dev.overplane.crm.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Builds the DynamoDB client. What it retries and how long it waits stands here and nowhere else.
public final class DynamoDbClients {

    /// DynamoDB answers within some ten milliseconds; a transaction within a hundred. One attempt that takes
    /// ten times that is not coming back, and two more still fit into a request's 3 s.
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    /// Enough to get past 16 writers on one item; the deadline of the request ends it sooner if need be.
    static final int MAX_ATTEMPTS = 10;

    /// Backoff grows from the first to the second, each wait a random part of it ("full jitter").
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);

    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(400);

    private DynamoDbClients() {}

    /// Builds a client from a Lambda function's environment variables: `AWS_REGION`, the credentials of its
    /// role, and `AWS_ENDPOINT_URL_DYNAMODB` where DynamoDB is not AWS's.
    public static DynamoDbClient of(Map<String, String> environment) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .addExecutionInterceptor(new ClientRequestToken())
                        .retryStrategy(retries())
                        .build());
        String endpoint = environment.get("AWS_ENDPOINT_URL_DYNAMODB");
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        return builder.build();
    }

    /// The SDK's standard retries, and those of writes that met a transaction, which the SDK leaves to its
    /// users. Each attempt at a transaction carries the same client request token, so that one whose answer was
    /// lost is not done twice.
    /// A transaction that was cancelled is none of its business: see [DynamoDb#call].
    private static StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MAX_ATTEMPTS)
                // The SDK's quota of retries, which a dozen failed requests or some crowded creates use up, and
                // which only a hundred good calls restore. Here attempts and deadline are the limit: a function
                // serves one request at a time.
                .circuitBreakerEnabled(false)
                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(FIRST_BACKOFF.multipliedBy(2), LONGEST_BACKOFF))
                .retryOnException(e -> !(e instanceof TransactionCanceledException) && TransientErrors.isTransient(e))
                .build();
    }

    /// A random part of a time that doubles with each attempt: how long to wait after it.
    ///
    /// @param attempt the attempt that failed, from 1
    static Duration backoff(int attempt, RandomGenerator random) {
        long doubled = FIRST_BACKOFF.toNanos() << Math.min(attempt - 1, MAX_ATTEMPTS);
        return Duration.ofNanos(random.nextLong(Math.min(doubled, LONGEST_BACKOFF.toNanos()) + 1));
    }

    /// Under SnapStart credentials come from the container's endpoint, without it they are in the environment.
    /// The SDK's default chain would find both, after it has looked for configuration files that a function
    /// does not have.
    private static AwsCredentialsProvider credentials(Map<String, String> environment) {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (id == null || secret == null) {
            return ContainerCredentialsProvider.create();
        }
        String token = environment.get("AWS_SESSION_TOKEN");
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }
}
