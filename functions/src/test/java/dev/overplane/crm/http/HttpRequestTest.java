package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpRequestTest {

    private static final String EVENT = """
            {
              "resource": "/api/{id}",
              "httpMethod": "PATCH",
              "pathParameters": {"id": "x"},
              "multiValueQueryStringParameters": {"limit": ["1", "2"], "Limit": ["3"]},
              "multiValueHeaders": {"If-Match": ["a", "b"], "IF-MATCH": ["c"], "Accept": ["*/*"],
                "Authorization": ["Bearer sk_test_secret"]},
              "body": "{}",
              "isBase64Encoded": false,
              "requestContext": {
                "extendedRequestId": "r-1",
                "requestId": "chosen",
                "path": "/v1/api/x",
                "authorizer": {"account": "acct_1", "livemode": "false", "scope": "read_write", "key_id": "key_1"}
              }
            }""";

    private static ObjectNode event() {
        return (ObjectNode) json(EVENT);
    }

    private static JsonNode json(String text) {
        try {
            return Json.ofDepth(10).read(text);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void an_event_is_decoded() {
        assertEquals(
                new HttpRequest(
                        "r-1",
                        "chosen",
                        "PATCH",
                        "/v1/api/{id}",
                        Map.of("id", "x"),
                        Map.of("limit", List.of("1", "2"), "Limit", List.of("3")),
                        Map.of("if-match", List.of("a", "b", "c"), "accept", List.of("*/*")),
                        1,
                        new RequestBody("{}", false),
                        Requests.CALLER),
                HttpRequest.of(event()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pathParameters", "multiValueQueryStringParameters", "multiValueHeaders", "body"})
    void what_a_request_may_lack_is_empty_whether_null_or_absent(String member) {
        HttpRequest absent = HttpRequest.of(event().without(member));
        assertEquals(absent, HttpRequest.of(event().putNull(member)));
        assertTrue(List.of(absent.pathParameters(), absent.query(), absent.headers(), absent.body()).stream()
                .anyMatch(value -> value.equals(Map.of()) || value.equals(RequestBody.NONE)));
    }

    @Test
    void without_an_extended_request_id_the_request_id_is_the_one_there_is() {
        ObjectNode event = event();
        ((ObjectNode) event.get("requestContext")).putNull("extendedRequestId");
        assertEquals("chosen", HttpRequest.of(event).requestId());
        ((ObjectNode) event.get("requestContext")).remove("extendedRequestId");
        assertEquals("chosen", HttpRequest.of(event).requestId());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/api/x, /api/{id}, /v1/api/{id}",
        "/api/x, /api/{id}, /api/{id}",
        "//v1///api//x//, /api/{id}, /v1/api/{id}",
        "/v1/%61pi/x, /api/{id}, /v1/api/{id}",
        "/a/b/api/x, /api/{id}, /a/b/api/{id}",
        "/v1/api, /api, /v1/api",
        "/v1/api/, /api, /v1/api",
        "/, /api, /api",
        "/x, /api/{id}, /api/{id}"
    })
    void the_path_is_that_of_the_route_however_the_client_spells_it(String sent, String resource, String path) {
        ObjectNode event = event().put("resource", resource);
        ((ObjectNode) event.get("requestContext")).put("path", sent);
        assertEquals(path, HttpRequest.of(event).path());
    }

    @ParameterizedTest
    @CsvSource({"Authorization, aUTHORIZATION, 3", "Authorization, X-Other, 2", "X-One, X-Other, 0"})
    void of_authorization_headers_nothing_is_kept_but_their_number(String one, String other, int number) {
        ObjectNode event = event();
        event.putObject("multiValueHeaders").putArray(one).add("Bearer sk_a").add("Bearer sk_b");
        ((ObjectNode) event.get("multiValueHeaders")).putArray(other).add("sk_c");
        HttpRequest request = HttpRequest.of(event);
        assertEquals(number, request.authorizations());
        assertFalse(request.headers().containsKey("authorization"));
    }

    @Test
    void a_request_is_shown_without_anything_that_the_client_wrote() {
        assertEquals("r-1 PATCH /v1/api/{id}", HttpRequest.of(event()).toString());
        assertEquals("2 characters", HttpRequest.of(event()).body().toString());
    }

    @Test
    void a_body_may_come_in_base64() {
        ObjectNode event = event().put("body", "e30=").put("isBase64Encoded", true);
        assertEquals(new RequestBody("e30=", true), HttpRequest.of(event).body());
    }

    @ParameterizedTest
    @CsvSource({
        "'', resource",
        "'', httpMethod",
        "/requestContext, requestId",
        "/requestContext, path",
        "/requestContext, authorizer",
        "/requestContext/authorizer, account",
        "/requestContext/authorizer, livemode",
        "/requestContext/authorizer, scope",
        "/requestContext/authorizer, key_id"
    })
    void what_api_gateway_and_our_authorizer_always_send_must_be_there(String parent, String member) {
        ObjectNode event = event();
        ((ObjectNode) event.at(parent)).remove(member);
        assertThrows(IllegalArgumentException.class, () -> HttpRequest.of(event));
        ((ObjectNode) event.at(parent)).putNull(member);
        assertThrows(IllegalArgumentException.class, () -> HttpRequest.of(event));
    }

    @Test
    void a_header_is_found_in_any_case_and_given_once() {
        HttpRequest request = HttpRequest.of(event());
        assertEquals(Optional.of("*/*"), request.header("ACCEPT"));
        assertEquals(Optional.empty(), request.header("Content-Type"));
        var error = assertThrows(ApiException.class, () -> request.header("If-Match"));
        assertEquals("If-Match", error.param());
    }

    @Test
    void a_header_whose_value_is_a_list_may_be_given_in_parts() {
        HttpRequest request = HttpRequest.of(event());
        assertEquals(Optional.of("a,b,c"), request.listHeader("If-Match"));
        assertEquals(Optional.empty(), request.listHeader("If-None-Match"));
    }
}
