package dev.overplane.crm.local.stream;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Creates clients of DynamoDB's streams.
public final class StreamClients {

    private StreamClients() {}

    /// @param endpoint that of DynamoDB, which serves the streams too
    public static DynamoDbStreamsClient create(URI endpoint, String region, AwsCredentialsProvider credentials) {
        return DynamoDbStreamsClient.builder()
                .httpClientBuilder(AwsCrtHttpClient.builder().connectionTimeout(Duration.ofSeconds(5)))
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .build();
    }
}
