package dev.overplane.crm.aws;

import dev.overplane.crm.dynamodb.FunctionCredentials;
import dev.overplane.crm.dynamodb.FunctionRegion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;

/// A service of AWS's, called with the SDK's own signer and HTTP client. The SDK's module for EventBridge alone
/// would add 1.9 MB to every function.
///
/// Thread-safe.
public final class AwsService {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    private final String signingName;
    private final Region region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkHttpClient http =
            AwsCrtHttpClient.builder().connectionTimeout(CONNECTION_TIMEOUT).build();

    private AwsService(String signingName, Region region, URI endpoint, AwsCredentialsProvider credentials) {
        this.signingName = signingName;
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /// Reaches a service as a Lambda function's environment variables say: `AWS_REGION`, the credentials of its
    /// role, and `AWS_ENDPOINT_URL_…` with the service's name or, as the SDK's clients have it,
    /// `AWS_ENDPOINT_URL` where the service is not AWS's.
    ///
    /// @param name the service's name in the SDK, such as `EventBridge`
    /// @param signingName its name in its address and in signatures, such as `events`
    public static AwsService of(Map<String, String> environment, String name, String signingName) {
        Region region = FunctionRegion.of(environment);
        return new AwsService(
                signingName,
                region,
                endpoint(environment, region, name, signingName),
                FunctionCredentials.of(environment));
    }

    static URI endpoint(Map<String, String> environment, Region region, String name, String signingName) {
        // `sam local` sets a variable without a value to the empty string.
        return Stream.of("AWS_ENDPOINT_URL_" + name.toUpperCase(Locale.ROOT), "AWS_ENDPOINT_URL")
                .map(variable -> environment.getOrDefault(variable, ""))
                .filter(endpoint -> !endpoint.isBlank())
                .findFirst()
                .map(URI::create)
                .orElseGet(() -> FunctionRegion.endpoint(region, signingName));
    }

    /// Posts JSON.
    ///
    /// @param path the encoded path
    /// @param headers further header fields, which are signed too
    /// @param body a JSON document
    /// @param limit time for the call
    /// @throws AwsCallException if there is no answer in time
    public AwsResponse post(String path, Map<String, String> headers, String body, Duration limit) {
        ExecutableHttpRequest request = request(path, headers, body.getBytes(StandardCharsets.UTF_8));
        var call = new FutureTask<>(() -> read(request.call()));
        Thread.ofVirtual().name(signingName).start(call);
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            request.abort();
            throw new AwsCallException("no answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new AwsCallException("the call failed", e);
        } catch (InterruptedException e) {
            request.abort();
            Thread.currentThread().interrupt();
            throw new AwsCallException("interrupted", e);
        }
    }

    private ExecutableHttpRequest request(String path, Map<String, String> headers, byte[] body) {
        ContentStreamProvider payload = ContentStreamProvider.fromByteArrayUnsafe(body);
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath(path)
                .putHeader("Host", host())
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("Content-Type", "application/x-amz-json-1.1");
        headers.forEach(unsigned::putHeader);
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(unsigned.build())
                .payload(payload)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, signingName)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        return http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(payload))
                .build());
    }

    private String host() {
        return endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private static AwsResponse read(HttpExecuteResponse response) throws IOException {
        try (InputStream body =
                response.responseBody().<InputStream>map(stream -> stream).orElseGet(InputStream::nullInputStream)) {
            return new AwsResponse(
                    response.httpResponse().statusCode(),
                    response.httpResponse(),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
