package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.body;
import static dev.overplane.crm.local.gateway.TestApi.header;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.template.ResponseTemplate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "content-length", "Date", "Server"})
    void headers_that_api_gateway_sets_itself_are_renamed(String name) {
        var response = respond("{\"statusCode\":200,\"headers\":{\"" + name + "\":\"x\"}}");
        assertEquals(Optional.empty(), header(response, name));
        assertEquals(Optional.of("x"), header(response, "x-amzn-Remapped-" + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WWW-Authenticate", "Authorization", "Host", "Upgrade"})
    void no_other_header_is_renamed(String name) {
        var response = respond("{\"statusCode\":401,\"headers\":{\"" + name + "\":\"x\"}}");
        assertEquals(Optional.of("x"), header(response, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/throw", "/sleep"})
    void a_function_that_throws_or_times_out_is_an_integration_failure(String path) {
        var failure = new ResponseTemplate(OptionalInt.of(503), Map.of("Retry-After", "'1'"), Map.of());
        var templated = TestApi.of(
                Map.of("INTEGRATION_FAILURE", failure),
                Clock.systemUTC(),
                TestApi.TIME_TO_LIVE,
                RestApi.INTEGRATION_LIMIT);
        var response = templated.handle(request("GET", path, "", "Authorization", "ok"));
        assertEquals(503, response.status());
        assertEquals(Optional.of("1"), header(response, "Retry-After"));
        assertEquals(500, get(path).status());
    }

    @Test
    void an_unmatched_route_takes_a_key_for_a_signature() {
        var withKey = get("/nowhere");
        assertEquals(403, withKey.status());
        assertTrue(body(withKey).contains("Invalid key=value pair (missing equal-sign) in Authorization header"));
        var responses = Map.of(
                "DEFAULT_4XX", new ResponseTemplate(OptionalInt.empty(), Map.of(), Map.of("text/plain", "default")),
                "MISSING_AUTHENTICATION_TOKEN",
                        new ResponseTemplate(OptionalInt.of(404), Map.of(), Map.of("text/plain", "missing")));
        var templated = TestApi.of(responses, Clock.systemUTC(), TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);
        assertEquals("default", body(templated.handle(request("GET", "/nowhere", "", "Authorization", "ok"))));
        assertEquals("missing", body(templated.handle(request("GET", "/nowhere", ""))));
    }

    @Test
    void a_mock_integration_responds_by_itself() {
        var response = api.handle(request("DELETE", "/nothing/1/2", "", "Content-Type", "Text/Plain; charset=utf-8"));
        assertEquals(404, response.status());
        assertEquals("nothing here, MDEyMzQ1Njc4OWFiY2RlZjAxMjM=", body(response));
        assertEquals(Optional.of("GET"), header(response, "Allow"));
    }

    @Test
    void a_mock_integration_does_not_understand_every_media_type() {
        assertEquals(
                415,
                api.handle(request("PUT", "/nothing/1", "", "Content-Type", "image/png"))
                        .status());
        assertEquals(404, api.handle(request("PUT", "/nothing/1", "{}")).status());
    }

    @Test
    void a_function_slower_than_the_integration_limit_is_a_gateway_timeout() {
        var limited = TestApi.of(Map.of(), Clock.systemUTC(), TestApi.TIME_TO_LIVE, Duration.ofMillis(50));
        var response = limited.handle(request("GET", "/sleep", "", "Authorization", "ok"));
        assertEquals(504, response.status());
        assertEquals("{\"message\":\"Endpoint request timed out\"}", body(response));
    }

    @Test
    void a_body_over_the_limit_of_api_gateway_is_too_large_in_plain_text() {
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
        var response = api.handle(large);
        assertEquals(413, response.status());
        assertEquals("HTTP content length exceeded 10485760 bytes.", body(response));
        assertEquals(Optional.of("text/plain"), header(response, "Content-Type"));
    }

    @Test
    void an_event_over_the_limit_of_lambda_is_too_large() {
        var response = api.handle(request("PATCH", "/open", "x".repeat(6 * 1024 * 1024)));
        assertEquals(413, response.status());
        assertEquals("{\"message\":\"Request Too Long\"}", body(response));
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
