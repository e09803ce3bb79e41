package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxyEventTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void the_event_contains_every_part_of_the_request() throws IOException {
        var event = event(request(
                "POST",
                "/echo/a%20b%2Fc?x=1&x=2&y=%C3%A4+z&flag",
                "{\"ä\":1}",
                "Host",
                "127.0.0.1:3000",
                "Authorization",
                "ok",
                "X-Many",
                "1",
                "x-many",
                "2",
                "User-Agent",
                "test/1"));
        assertEquals("/echo/{id}", event.path("resource").asText());
        assertEquals("/echo/a%20b%2Fc", event.path("path").asText());
        assertEquals("POST", event.path("httpMethod").asText());
        assertEquals("{\"id\":\"a%20b%2Fc\"}", event.path("pathParameters").toString());
        assertEquals(
                "{\"x\":\"2\",\"y\":\"ä z\",\"flag\":\"\"}",
                event.path("queryStringParameters").toString());
        assertEquals(
                "{\"x\":[\"1\",\"2\"],\"y\":[\"ä z\"],\"flag\":[\"\"]}",
                event.path("multiValueQueryStringParameters").toString());
        assertEquals("2", event.path("headers").path("X-Many").asText());
        assertEquals(
                "[\"1\",\"2\"]", event.path("multiValueHeaders").path("X-Many").toString());
        assertEquals("127.0.0.1", event.path("headers").path("X-Forwarded-For").asText());
        assertEquals("3000", event.path("headers").path("X-Forwarded-Port").asText());
        assertTrue(event.path("stageVariables").isNull());
        assertEquals("{\"ä\":1}", event.path("body").asText());
        assertEquals("false", event.path("isBase64Encoded").toString());
    }

    @Test
    void the_request_context_contains_identity_time_and_path() throws IOException {
        var context = event(request("GET", "/echo/1", "", "Authorization", "ok", "User-Agent", "test/1", "Host", "h"))
                .path("requestContext");
        assertEquals("/echo/{id}", context.path("resourcePath").asText());
        assertEquals("/echo/1", context.path("path").asText());
        assertEquals("GET", context.path("httpMethod").asText());
        assertEquals("v1", context.path("stage").asText());
        assertEquals("api", context.path("apiId").asText());
        assertEquals("123456789012", context.path("accountId").asText());
        assertEquals("HTTP/1.1", context.path("protocol").asText());
        assertEquals("h", context.path("domainName").asText());
        assertEquals("03/Feb/2026:04:05:06 +0000", context.path("requestTime").asText());
        assertEquals(1770091506789L, context.path("requestTimeEpoch").asLong());
        assertEquals(
                "01234567-89ab-cdef-0123-456789abcdef",
                context.path("requestId").asText());
        assertEquals("127.0.0.1", context.path("identity").path("sourceIp").asText());
        assertEquals("test/1", context.path("identity").path("userAgent").asText());
        assertTrue(context.path("identity").path("user").isNull());
    }

    @Test
    void the_authorizers_context_is_text() throws IOException {
        var authorizer = event(request("GET", "/echo/1", "", "Authorization", "ok"))
                .path("requestContext")
                .path("authorizer");
        assertEquals("somebody", authorizer.path("principalId").asText());
        assertEquals("\"acct_1\"", authorizer.path("account").toString());
        assertEquals("\"false\"", authorizer.path("livemode").toString());
        assertEquals("\"7\"", authorizer.path("number").toString());
        assertTrue(authorizer.path("integrationLatency").isIntegralNumber());
    }

    @Test
    void absent_parts_of_the_request_are_null() throws IOException {
        var event = event(request("PATCH", "/open", ""));
        for (var name :
                new String[] {"queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "body"}) {
            assertTrue(event.path(name).isNull(), name);
        }
        assertTrue(event.path("requestContext").path("authorizer").isMissingNode());
    }

    @Test
    void headers_of_the_connection_are_omitted() throws IOException {
        var event = event(
                request("PATCH", "/open", "", "Connection", "close", "Transfer-Encoding", "chunked", "Accept", "x"));
        assertTrue(event.path("headers").path("Connection").isMissingNode());
        assertTrue(event.path("headers").path("Transfer-Encoding").isMissingNode());
        assertEquals("x", event.path("headers").path("Accept").asText());
    }

    @Test
    void the_authorizers_event_is_of_type_request() throws IOException {
        var answered = event(request("GET", "/echo/a%20b?x=1", "", "Authorization", "event"));
        var event = JSON.readTree(
                answered.path("requestContext").path("authorizer").path("event").asText());
        assertEquals("REQUEST", event.path("type").asText());
        assertEquals(
                "arn:aws:execute-api:eu-west-1:123456789012:api/v1/GET/echo/a%20b",
                event.path("methodArn").asText());
        assertEquals("/echo/{id}", event.path("resource").asText());
        assertEquals("{\"id\":\"a%20b\"}", event.path("pathParameters").toString());
        assertEquals("{\"x\":\"1\"}", event.path("queryStringParameters").toString());
        assertEquals("{}", event.path("stageVariables").toString());
        assertEquals("event", event.path("headers").path("Authorization").asText());
        assertTrue(event.path("body").isMissingNode());
    }

    private static JsonNode event(HttpRequest request) throws IOException {
        return JSON.readTree(TestApi.plain().handle(request).body());
    }
}
