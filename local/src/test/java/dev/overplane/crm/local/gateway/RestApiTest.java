package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.header;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static dev.overplane.crm.local.gateway.TestApi.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aMalformedProxyResponseIsABadGateway(String response) {
        var answer = puppet(response);
        assertEquals(502, answer.status());
        assertEquals("{\"message\":\"Internal server error\"}", text(answer));
    }

    @Test
    void aProxyResponseIsPassedThrough() {
        var answer = puppet("""
                {"statusCode":201,"headers":{"A":"1","B":"2"},"multiValueHeaders":{"b":["3","4"]},"body":"ä"}""");
        assertEquals(201, answer.status());
        assertEquals(
                List.of(
                        new Header("A", "1"),
                        new Header("B", "3"),
                        new Header("B", "4"),
                        new Header("Content-Type", "application/json")),
                answer.headers());
        assertEquals("ä", text(answer));
    }

    @Test
    void aBase64BodyIsDecoded() {
        assertArrayEquals(
                new byte[] {0, -1},
                puppet("{\"statusCode\":200,\"body\":\"AP8=\",\"isBase64Encoded\":true}")
                        .body());
    }

    @Test
    void headersThatApiGatewayKeepsToItselfAreRenamed() {
        var answer = puppet("{\"statusCode\":401,\"headers\":{\"WWW-Authenticate\":\"Bearer\"}}");
        assertEquals(Optional.empty(), header(answer, "WWW-Authenticate"));
        assertEquals(Optional.of("Bearer"), header(answer, "x-amzn-Remapped-WWW-Authenticate"));
    }

    @Test
    void aFunctionThatThrowsIsABadGateway() {
        assertEquals(502, get("/throw").status());
    }

    @Test
    void aFunctionThatRunsOutOfItsOwnTimeIsABadGateway() {
        assertEquals(502, get("/sleep").status());
    }

    @Test
    void aFunctionSlowerThanTheGatewayWaitsIsATimeOut() {
        var impatient = TestApi.of(Map.of(), Clock.systemUTC(), TestApi.TIME_TO_LIVE, Duration.ofMillis(50));
        var answer = impatient.handle(request("GET", "/sleep", "", "Authorization", "ok"));
        assertEquals(504, answer.status());
        assertEquals("{\"message\":\"Endpoint request timed out\"}", text(answer));
    }

    @Test
    void aBodyThatTheServerDidNotTakeIsTooLarge() {
        var small = request("POST", "/puppet", "");
        var large = new GatewayRequest(
                small.id(),
                small.received(),
                "POST",
                "/puppet",
                "",
                "HTTP/1.1",
                small.headers(),
                Optional.empty(),
                "127.0.0.1");
        assertEquals(413, api.handle(large).status());
    }

    @Test
    void anEventThatLambdaWouldNotTakeIsTooLarge() {
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
    void aPercentSignOfNoEncodingIsABadRequest(String target) {
        assertEquals(400, get(target).status());
    }

    @Test
    void whatTheServerRefusesKeepsItsStatus() {
        var request = request("GET", "/echo/1", "");
        assertEquals(431, api.refuseMalformed(431, request).status());
        assertEquals(413, api.refuseMalformed(413, request).status());
        assertEquals(503, api.refuseMalformed(503, request).status());
    }

    private GatewayAnswer get(String target) {
        return api.handle(request("GET", target, "", "Authorization", "ok"));
    }

    private GatewayAnswer puppet(String response) {
        return api.handle(request("POST", "/puppet", response, "Authorization", "ok"));
    }
}
