package dev.overplane.crm.dynamodb;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Builds the DynamoDB client. Its time-outs stand here and nowhere else, its retries in [Retries].
public final class DynamoDbClients {

    /// DynamoDB answers within some ten milliseconds, a transaction within a hundred. An attempt that takes ten
    /// times that has been lost, and two more still fit into a request's 3 s.
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    /// The SDK would give each client five threads for time-outs, and start two of them in its first call, which
    /// may be the first after a restore.
    private static final ScheduledExecutorService TIMERS = timers();

    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private static final AtomicBoolean NATIVE_LIBRARY_WANTED = new AtomicBoolean();

    private DynamoDbClients() {}

    /// Builds a client from a Lambda function's environment variables: `AWS_REGION`, the credentials of its
    /// role, and `AWS_ENDPOINT_URL_DYNAMODB` where DynamoDB is not AWS's. It connects with its first call.
    public static DynamoDbClient of(Map<String, String> environment) {
        return builder(environment).httpClientBuilder(http()).build();
    }

    /// Builds one that sends its requests by `http`.
    static DynamoDbClient of(Map<String, String> environment, SdkHttpClient http) {
        return builder(environment).httpClient(http).build();
    }

    static AwsCrtHttpClient.Builder http() {
        return AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT);
    }

    /// Where DynamoDB is; empty if it is AWS's.
    static Optional<URI> endpoint(Map<String, String> environment) {
        // `sam local` sets a variable without a value to the empty string. The SDK, which reads it too, would take
        // that for an address.
        return Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_DYNAMODB"))
                .map(endpoint -> endpoint.isBlank() ? awsEndpoint(environment) : URI.create(endpoint));
    }

    /// Where AWS has it.
    static URI awsEndpoint(Map<String, String> environment) {
        return FunctionRegion.endpoint(FunctionRegion.of(environment), "dynamodb");
    }

    private static DynamoDbClientBuilder builder(Map<String, String> environment) {
        LambdaPlatform.declare(environment);
        loadNativeLibrary();
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(FunctionRegion.of(environment))
                .credentialsProvider(FunctionCredentials.of(environment))
                // The SDK's defaults, which it would look for in system properties and configuration files.
                .defaultsMode(DefaultsMode.LEGACY)
                .accountIdEndpointMode(AccountIdEndpointMode.PREFERRED)
                .endpointDiscoveryEnabled(false)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .scheduledExecutorService(TIMERS)
                        .defaultProfileFile(NO_PROFILES)
                        .defaultProfileName("default")
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .addExecutionInterceptor(new ClientRequestToken())
                        .addExecutionInterceptor(new UsageRecorder())
                        .retryStrategy(Retries.strategy(new SecureRandom()))
                        .build());
        endpoint(environment).ifPresent(builder::endpointOverride);
        return builder;
    }

    /// Lets another thread unpack and load the CRT's native library, while this one loads what a client is built of.
    private static void loadNativeLibrary() {
        if (NATIVE_LIBRARY_WANTED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("crt").start(CRT::getOSIdentifier);
        }
    }

    private static ScheduledExecutorService timers() {
        var timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }
}
