package dev.overplane.crm.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

/// Loads and warms what a call of DynamoDB takes, before SnapStart takes its snapshot, in two parts: the SDK
/// with a network that is not there, and the network without the SDK. So no call of a function that is primed
/// reaches DynamoDB: none needs a permission, none can touch data, and the SDK's signer, which keeps the secrets
/// that it has signed with, never meets the role's.
public final class DynamoDbPriming {

    private static final byte[] NO_PARAMETERS = "{}".getBytes(StandardCharsets.US_ASCII);

    /// There is no SDK here that would give an answer up.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private DynamoDbPriming() {}

    /// What DynamoDB would answer.
    @FunctionalInterface
    public interface Answers {

        /// The body of an answer with status 200.
        ///
        /// @param operation such as `GetItem`
        /// @param request the request's body
        String answer(String operation, String request);
    }

    /// Lets `work` call DynamoDB, which it does not reach: `answers` takes its place. The client is closed once
    /// `work` is done.
    ///
    /// @param environment the function's environment variables
    public static void offline(Map<String, String> environment, Answers answers, Consumer<DynamoDb> work) {
        try (DynamoDbClient client = DynamoDbClients.offline(environment, new OfflineHttpClient(answers))) {
            work.accept(new DynamoDb(client));
        }
    }

    /// Uses the network once: gets the role's credentials and forgets them, sends DynamoDB a request without a
    /// signature, and forgets the connection and the address that it went to. Whatever DynamoDB answers, the way
    /// to it has been gone.
    ///
    /// @param environment the function's environment variables
    /// @throws IOException if DynamoDB did not answer
    /// @throws RuntimeException if there are no credentials, or DynamoDB's name cannot be resolved
    public static void network(Map<String, String> environment) throws IOException {
        // The JVM would keep the connection to the credentials' endpoint for the next one, which comes after the
        // restore.
        System.setProperty("http.keepAlive", "false");
        try (ContainerCredentialsProvider credentials = ContainerCredentialsProvider.create()) {
            credentials.resolveCredentials();
        }
        try (SdkHttpClient client = DynamoDbClients.http()
                .connectionHealthConfiguration(
                        health -> health.minimumThroughputInBps(1L).minimumThroughputTimeout(PATIENCE))
                .build()) {
            HttpExecuteResponse response = client.prepareRequest(HttpExecuteRequest.builder()
                            .request(unsigned(endpoint(environment)))
                            .contentStreamProvider(() -> new ByteArrayInputStream(NO_PARAMETERS))
                            .build())
                    .call();
            try (InputStream body = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            // What the CRT's clients share, and what outlives them: above all the addresses that names had.
            // https://github.com/awslabs/aws-c-io/issues/718
            HostResolver.closeStaticDefault();
            ClientBootstrap.closeStaticDefault();
            EventLoopGroup.closeStaticDefault();
        }
    }

    private static SdkHttpRequest unsigned(URI endpoint) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/")
                .putHeader("Host", endpoint.getAuthority())
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("Content-Length", Integer.toString(NO_PARAMETERS.length))
                .putHeader("X-Amz-Target", "DynamoDB_20120810.DescribeEndpoints")
                .build();
    }

    private static URI endpoint(Map<String, String> environment) {
        return DynamoDbClients.endpoint(environment)
                .orElseGet(() -> DynamoDbEndpointProvider.defaultProvider()
                        .resolveEndpoint(endpoint -> endpoint.region(DynamoDbClients.region(environment)))
                        .join()
                        .url());
    }
}
