package dev.overplane.crm.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
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

/// Builds the DynamoDB client: what it retries and how long it waits is said here and nowhere else.
public final class DynamoDbClients {

    /// DynamoDB answers within some ten milliseconds; a transaction within a hundred. One attempt that takes
    /// ten times that is not coming back, and two more still fit into a request's 3 s.
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    /// Enough to get past 16 writers on one item; the deadline of the request ends it sooner if need be.
    private static final int MAX_ATTEMPTS = 10;

    /// Backoff grows from the first to the second, each wait a random part of it ("full jitter").
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);

    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(400);

    private DynamoDbClients() {}

    /// A client as a Lambda function's environment describes it: `AWS_REGION`, the credentials of its role,
    /// and, where it is not AWS, `AWS_ENDPOINT_URL_DYNAMODB`.
    public static DynamoDbClient of(Map<String, String> environment) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .retryStrategy(retries())
                        .build());
        String endpoint = environment.get("AWS_ENDPOINT_URL_DYNAMODB");
        // `sam local` sets a variable whose value is AWS::NoValue to the empty string.
        if (endpoint != null && !endpoint.isBlank()) {
            builder.endpointOverride(URI.create(endpoint));
        }
        return builder.build();
    }

    /// The SDK's standard retries, and those of writes that met a transaction, which the SDK leaves to its
    /// users. Each attempt at a transaction carries the same client request token, so that one whose answer was
    /// lost is not done twice.
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
                .retryOnException(TransientErrors::isTransient)
                .build();
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
