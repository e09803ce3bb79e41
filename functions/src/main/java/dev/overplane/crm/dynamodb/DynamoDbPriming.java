package dev.overplane.crm.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

/// Loads and warms what a call of DynamoDB takes, before SnapStart takes its snapshot, in two parts: the SDK
/// with a network that is not there, and the network without the SDK. So no call of a function that is primed
/// reaches DynamoDB: none needs a permission, none can touch data, and the SDK's signer, which keeps the
/// secrets that it has signed with, never meets the role's.
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
    /// signature, and forgets the connection and the address that it went to. Whatever DynamoDB answers, the
    /// way to it has been gone.
    ///
    /// @param environment the function's environment variables
    /// @throws IOException if DynamoDB did not answer
    /// @throws RuntimeException if there are no credentials, or the endpoint is not valid
    public static void network(Map<String, String> environment) throws IOException {
        // The JVM would keep the connection to the credentials' endpoint for the next one, which comes after
        // the restore.
        System.setProperty("http.keepAlive", "false");
        try (ContainerCredentialsProvider credentials = ContainerCredentialsProvider.create()) {
            credentials.resolveCredentials();
        }
        try (SdkHttpClient client = DynamoDbClients.http().build()) {
            send(client.prepareRequest(HttpExecuteRequest.builder()
                    .request(unsigned(endpoint(environment)))
                    .contentStreamProvider(() -> new ByteArrayInputStream(NO_PARAMETERS))
                    .build()));
        } finally {
            // What the CRT's clients share, and what outlives them: above all the addresses that names had.
            // https://github.com/awslabs/aws-c-io/issues/718
            HostResolver.closeStaticDefault();
            ClientBootstrap.closeStaticDefault();
            EventLoopGroup.closeStaticDefault();
        }
    }

    private static void send(ExecutableHttpRequest request) throws IOException {
        var answered = CompletableFuture.runAsync(() -> exchange(request), Thread::startVirtualThread);
        try {
            answered.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("DynamoDB could not be reached", e.getCause());
        } catch (TimeoutException e) {
            request.abort();
            throw new IOException("DynamoDB did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void exchange(ExecutableHttpRequest request) {
        try (InputStream body = request.call().responseBody().orElseGet(AbortableInputStream::createEmpty)) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
