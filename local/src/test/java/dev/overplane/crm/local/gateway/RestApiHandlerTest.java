package dev.overplane.crm.local.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.template.ResponseTemplate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Writes HTTP to a socket, since no client sends malformed requests.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestApiHandlerTest {

    private static LoopbackServer server;

    @BeforeAll
    static void start() {
        var envelope = new ResponseTemplate(
                OptionalInt.empty(),
                Map.of("Request-Id", "context.requestId"),
                Map.of("application/json", "ENVELOPE $context.requestId"));
        var responses = Map.of("DEFAULT_4XX", envelope, "DEFAULT_5XX", envelope);
        var handler = new RestApiHandler(
                TestApi.of(responses, Clock.systemUTC(), TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT));
        server = LoopbackServer.start("PORT", 0, handler, handler::rejectMalformed);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            NONSENSE                                  | 400
            GET /echo/%zz HTTP/1.1                    | 400
            GET /echo/1?a=%zz HTTP/1.1                | 400
            GET /nowhere HTTP/1.1                     | 403
            GET /echo/1/ HTTP/1.1                     | 401
            GET //echo/1 HTTP/1.1                     | 401
            BREW /echo/1 HTTP/1.1                     | 403
            OPTIONS /echo/1 HTTP/1.1                  | 403
            GET /echo/1 HTTP/1.1                      | 401
            GET /echo/1 HTTP/9.9                      | 505
            """)
    void every_error_has_the_templates_response(String requestLine, int status) throws IOException {
        var response = send(requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
        assertTrue(response.contains("ENVELOPE "), response);
        assertTrue(response.contains("Request-Id: "), response);
    }

    @Test
    void the_error_for_headers_that_are_too_large_has_the_templates_response() throws IOException {
        var response = send("GET /echo/1 HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 431 ") && response.contains("ENVELOPE "), response);
    }

    @Test
    void a_body_over_ten_megabytes_is_rejected() throws IOException {
        var size = HttpRequest.BODY_LIMIT + 1;
        var response = send("PATCH /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + size
                + "\r\n\r\n" + "x".repeat(size));
        assertTrue(
                response.startsWith("HTTP/1.1 413 ") && response.endsWith("exceeded 10485760 bytes."),
                response.substring(0, Math.min(500, response.length())));
    }

    @Test
    void a_chunked_body_arrives_whole() throws IOException {
        var response = send(
                "PATCH /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertTrue(response.contains("\"body\":\"abcde\""), response);
    }

    @Test
    void a_client_chooses_the_request_id_but_not_the_extended_one() throws IOException {
        var request =
                "PATCH /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-amzn-RequestId: mine\r\nx-amz-apigw-id: mine\r\n\r\n";
        var response = send(request);
        assertTrue(response.contains("\"requestId\":\"mine\""), response);
        assertTrue(response.contains("x-amzn-RequestId: mine\r\n"), response);
        assertFalse(response.contains("\"extendedRequestId\":\"mine\""), response);
        assertFalse(response.contains("x-amz-apigw-id: mine\r\n"), response);
        assertNotEquals(extendedId(response), extendedId(send(request)));
    }

    private static String extendedId(String response) {
        return response.replaceFirst("(?s).*\"extendedRequestId\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void no_header_names_the_server() throws IOException {
        assertFalse(send("PATCH /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .contains("Server:"));
    }

    @ParameterizedTest
    @CsvSource({"204", "304"})
    void a_response_whose_status_allows_no_body_has_none(int status) throws IOException {
        var body = "{\"statusCode\":" + status + ",\"body\":\"text\"}";
        var response =
                send("POST /respond HTTP/1.1\r\nHost: x\r\nAuthorization: ok\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
        assertTrue(response.startsWith("HTTP/1.1 " + status + " ") && response.endsWith("\r\n\r\n"), response);
    }

    private static String send(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
