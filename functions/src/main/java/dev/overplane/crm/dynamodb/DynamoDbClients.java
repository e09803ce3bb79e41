package dev.overplane.crm.dynamodb;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Builds the DynamoDB client. Its time-outs stand here and nowhere else, its retries in [Retries].
public final class DynamoDbClients {

    /// DynamoDB answers within some ten milliseconds, a transaction within a hundred. An attempt that takes ten
    /// times that has been lost, and two more still fit into a request's 3 s.
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    private DynamoDbClients() {}

    /// Builds a client from a Lambda function's environment variables: `AWS_REGION`, the credentials of its
    /// role, and `AWS_ENDPOINT_URL_DYNAMODB` where DynamoDB is not AWS's.
    public static DynamoDbClient of(Map<String, String> environment) {
        Region region = Region.of(environment.getOrDefault("AWS_REGION", "us-east-1"));
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(region)
                .credentialsProvider(FunctionCredentials.of(environment))
                .httpClientBuilder(AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .addExecutionInterceptor(new ClientRequestToken())
                        .retryStrategy(Retries.strategy(new SecureRandom()))
                        .build());
        endpoint(environment, region).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /// Where DynamoDB is; empty if the SDK finds it.
    private static Optional<URI> endpoint(Map<String, String> environment, Region region) {
        // `sam local` sets a variable without a value to the empty string. The SDK, which reads it too, would take
        // that for an address.
        return Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_DYNAMODB"))
                .map(endpoint -> URI.create(
                        endpoint.isBlank()
                                ? "https://dynamodb." + region.id() + "."
                                        + PartitionMetadata.of(region).dnsSuffix()
                                : endpoint));
    }
}
