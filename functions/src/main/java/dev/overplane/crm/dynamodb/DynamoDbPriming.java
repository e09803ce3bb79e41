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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
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

/// Loads and warms what a call of DynamoDB takes, before SnapStart takes its snapshot: many calls to a server
/// inside this process, and one request to DynamoDB that nobody has signed. So no call of a function that is
/// primed reaches DynamoDB: none needs a permission, none can touch data, and the role's credentials are not
/// even asked for.
public final class DynamoDbPriming {

    private static final byte[] NO_PARAMETERS = "{}".getBytes(StandardCharsets.US_ASCII);

    /// Enough for the JVM to compile most of what gets credentials.
    private static final int CREDENTIALS_ROUNDS = 200;

    private static final String CREDENTIALS_URI = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.property();

    /// In which the runtime has the trace of an invocation, and the SDK looks for it.
    private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

    /// There is no SDK here that would give an answer up.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private DynamoDbPriming() {}

    /// What DynamoDB would answer.
    @FunctionalInterface
    public interface Answers {

        /// The body of an answer with status 200, without what it consumed.
        ///
        /// @param operation such as `GetItem`
        /// @param request the request's body
        String answer(String operation, String request);

        /// The same with what the call consumed, which every call of ours asks for.
        default String complete(String operation, String request) {
            String consumed = "{\"TableName\":\"priming\",\"CapacityUnits\":1.0}";
            String answer = answer(operation, request);
            return "{\"ConsumedCapacity\":" + (operation.startsWith("Transact") ? "[" + consumed + "]" : consumed)
                    + (answer.equals("{}") ? "" : ",") + answer.substring(1);
        }
    }

    /// Lets `work` call DynamoDB, which it does not reach: `answers` takes its place, behind the HTTP client that
    /// functions have. The client is closed once `work` is done.
    ///
    /// @param environment the function's environment variables
    /// @throws UncheckedIOException if this process cannot listen
    public static void offline(Map<String, String> environment, Answers answers, Consumer<DynamoDb> work) {
        try (var server = LoopbackServer.start(answers)) {
            String former = System.getProperty(CREDENTIALS_URI);
            System.setProperty(CREDENTIALS_URI, server.url() + "/credentials");
            System.setProperty(TRACE_HEADER, "Root=1-00000000-000000000000000000000000;Sampled=0");
            try {
                for (int round = 0; round < CREDENTIALS_ROUNDS; round++) {
                    try (var credentials = ContainerCredentialsProvider.create()) {
                        credentials.resolveCredentials();
                    }
                }
                var http = new LoopbackHttpClient(DynamoDbClients.http().build(), server.url());
                try (DynamoDbClient client = DynamoDbClients.of(environment, http)) {
                    work.accept(new DynamoDb(client));
                }
            } finally {
                System.clearProperty(TRACE_HEADER);
                restore(CREDENTIALS_URI, former);
            }
        } finally {
            forgetAddresses();
        }
    }

    /// Uses the network once: sends DynamoDB a request without a signature, and forgets the connection and the
    /// address that it went to. Whatever DynamoDB answers, the way to it has been gone.
    ///
    /// @param environment the function's environment variables
    /// @throws IOException if DynamoDB did not answer
    /// @throws RuntimeException if the endpoint is not valid
    public static void network(Map<String, String> environment) throws IOException {
        try (SdkHttpClient client = DynamoDbClients.http().build()) {
            send(client.prepareRequest(HttpExecuteRequest.builder()
                    .request(unsigned(DynamoDbClients.endpoint(environment)
                            .orElseGet(() -> DynamoDbClients.awsEndpoint(environment))))
                    .contentStreamProvider(() -> new ByteArrayInputStream(NO_PARAMETERS))
                    .build()));
        } finally {
            forgetAddresses();
        }
    }

    private static void restore(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /// Drops what the CRT's clients share, and what outlives them: above all the addresses that names had.
    /// https://github.com/awslabs/aws-c-io/issues/718
    private static void forgetAddresses() {
        HostResolver.closeStaticDefault();
        ClientBootstrap.closeStaticDefault();
        EventLoopGroup.closeStaticDefault();
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
}
