package dev.overplane.crm.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.dynamodb.DynamoDbClients;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.crt.io.SocketOptions;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DynamoDbClientsTest {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB";

    @Test
    void calls_the_endpoint_that_the_environment_names() {
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:8000")), endpoint(Map.of(ENDPOINT, "http://127.0.0.1:8000")));
    }

    @Test
    void calls_aws_where_the_environment_names_no_endpoint() {
        assertEquals(Optional.empty(), endpoint(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void calls_aws_where_the_endpoint_is_empty(String endpoint) {
        assertEquals(
                Optional.of(URI.create("https://dynamodb.eu-central-1.amazonaws.com")),
                endpoint(Map.of(ENDPOINT, endpoint, "AWS_REGION", "eu-central-1")));
    }

    /// Otherwise a TLS handshake waits until the other side acknowledges a part of it, which Linux delays by 40 ms.
    @Test
    void its_sockets_send_what_they_have_at_once() {
        try (var options = new SocketOptions()) {
            assertEquals(SocketOptions.TcpNoDelay.ON, options.tcpNoDelay);
        }
    }

    private static Optional<URI> endpoint(Map<String, String> environment) {
        try (var client = DynamoDbClients.of(environment)) {
            return client.serviceClientConfiguration().endpointOverride();
        }
    }
}
