package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.body;
import static dev.overplane.crm.local.gateway.TestApi.header;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestApiTest {

    private final RestApi api = TestApi.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"statusCode\":\"200\"}",
                "{\"statusCode\":200.5}",
                "{\"statusCode\":99}",
                "{\"statusCode\":600}",
                "{\"statusCode\":null}",
                "{\"statusCode\":200,\"body\":{}}",
                "{\"statusCode\":200,\"body\":7}",
                "{\"statusCode\":200,\"headers\":[]}",
                "{\"statusCode\":200,\"headers\":{\"a\":[]}}",
                "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"b\"}}",
                "{\"statusCode\":200,\"isBase64Encoded\":\"true\"}",
                "{\"statusCode\":200,\"body\":\"%\",\"isBase64Encoded\":true}",
                "{\"statusCode\":200,\"extra\":1}"
            })
    void a_malformed_proxy_response_is_a_bad_gateway(String malformed) {
        var response = respond(malformed);
        assertEquals(502, response.status());
        assertEquals("{\"message\":\"Internal server error\"}", body(response));
    }

    @Test
    void a_proxy_response_is_passed_through() {
        var response = respond("""
                {"statusCode":201,"headers":{"A":"1","B":"2"},"multiValueHeaders":{"b":["3","4"]},"body":"ä"}""");
        assertEquals(201, response.status());
        assertEquals(
                List.of(
                        new Header("A", "1"),
                        new Header("B", "3"),
                        new Header("B", "4"),
                        new Header("Content-Type", "application/json")),
                response.headers());
        assertEquals("ä", body(response));
    }

    @Test
    void a_base64_body_is_decoded() {
        assertArrayEquals(
                new byte[] {0, -1},
                respond("{\"statusCode\":200,\"body\":\"AP8=\",\"isBase64Encoded\":true}")
                        .body());
    }

    @Test
    void headers_that_api_gateway_sets_itself_are_renamed() {
        var response =
                respond("{\"statusCode\":401,\"headers\":{\"WWW-Authenticate\":\"Bearer\",\"Server\":\"ours\"}}");
        assertEquals(Optional.empty(), header(response, "Server"));
        assertEquals(Optional.of("ours"), header(response, "x-amzn-Remapped-Server"));
        assertEquals(Optional.of("Bearer"), header(response, "WWW-Authenticate"));
    }

    @Test
    void a_function_that_throws_is_a_bad_gateway() {
        assertEquals(502, get("/throw").status());
    }

    @Test
    void a_function_that_times_out_is_a_bad_gateway() {
        assertEquals(502, get("/sleep").status());
    }

    @Test
    void a_function_slower_than_the_integration_limit_is_a_gateway_timeout() {
        var limited = TestApi.of(Map.of(), Clock.systemUTC(), TestApi.TIME_TO_LIVE, Duration.ofMillis(50));
        var response = limited.handle(request("GET", "/sleep", "", "Authorization", "ok"));
        assertEquals(504, response.status());
        assertEquals("{\"message\":\"Endpoint request timed out\"}", body(response));
    }

    @Test
    void a_body_over_the_limit_of_api_gateway_is_too_large() {
        var small = request("POST", "/respond", "");
        var large = new HttpRequest(
                small.id(),
                small.received(),
                "POST",
                "/respond",
                "",
                "HTTP/1.1",
                small.headers(),
                Optional.empty(),
                "127.0.0.1");
        assertEquals(413, api.handle(large).status());
    }

    @Test
    void an_event_over_the_limit_of_lambda_is_too_large() {
        assertEquals(
                413,
                api.handle(request("PATCH", "/open", "x".repeat(6 * 1024 * 1024)))
                        .status());
        assertEquals(
                200,
                api.handle(request("PATCH", "/open", "x".repeat(2 * 1024 * 1024)))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/%", "/echo/%2", "/echo/%zz", "/echo/1?a=%", "/nowhere?%x"})
    void invalid_percent_encoding_is_a_bad_request(String target) {
        assertEquals(400, get(target).status());
    }

    @Test
    void a_request_that_the_server_rejects_keeps_its_status() {
        var request = request("GET", "/echo/1", "");
        assertEquals(431, api.rejectMalformed(431, request).status());
        assertEquals(413, api.rejectMalformed(413, request).status());
        assertEquals(503, api.rejectMalformed(503, request).status());
    }

    private HttpResponse get(String target) {
        return api.handle(request("GET", target, "", "Authorization", "ok"));
    }

    private HttpResponse respond(String response) {
        return api.handle(request("POST", "/respond", response, "Authorization", "ok"));
    }
}
