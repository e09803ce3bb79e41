package software.amazon.awssdk.http.crt;

import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/// In the place of the CRT's client, which our functions name: the SDK's client over `HttpURLConnection`.
public final class AwsCrtHttpClient {

    private AwsCrtHttpClient() {}

    public static Builder builder() {
        return new UrlConnectionBuilder();
    }

    /// As much of the CRT's as our functions call.
    public interface Builder extends SdkHttpClient.Builder<Builder> {

        Builder connectionTimeout(Duration timeout);
    }

    private static final class UrlConnectionBuilder implements Builder {

        private final UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder();

        @Override
        public Builder connectionTimeout(Duration timeout) {
            builder.connectionTimeout(timeout);
            return this;
        }

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new Client(builder.buildWithDefaults(defaults));
        }
    }

    /// `HttpURLConnection` keeps connections for the whole JVM, also when a client is closed. That of the priming
    /// would be dead after the restore; its request is the only one without a signature.
    private record Client(SdkHttpClient client) implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            if (request.httpRequest().firstMatchingHeader("Authorization").isPresent()) {
                return client.prepareRequest(request);
            }
            return client.prepareRequest(HttpExecuteRequest.builder()
                    .request(request.httpRequest().toBuilder()
                            .putHeader("Connection", "close")
                            .build())
                    .contentStreamProvider(request.contentStreamProvider().orElse(null))
                    .build());
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
