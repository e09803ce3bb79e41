package dev.overplane.crm.dynamodb;

import java.net.URI;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/// Sends each request to one server, whatever address it names. Priming has it in place of the HTTP client alone,
/// so that all that the SDK does before, such as to find DynamoDB's endpoint, is what it will do for a client.
///
/// Thread-safe if the client is.
record LoopbackHttpClient(SdkHttpClient client, URI server) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(request.httpRequest().toBuilder()
                        .protocol(server.getScheme())
                        .host(server.getHost())
                        .port(server.getPort())
                        .build())
                .contentStreamProvider(request.contentStreamProvider().orElse(null))
                .metricCollector(request.metricCollector().orElse(null))
                .build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
