package dev.overplane.crm.testing.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DifferencesTest {

    private static final String COLLECTION = "/api/crm/market-segment";
    private static final String ID = "market-segment_abc123";
    private static final String SEGMENT = """
            {"id":"market-segment_abc123","created_at":"2024-01-15T09:30:00Z","updated_at":"2024-01-15T09:30:00Z","market_segment":"x"}""";
    private static final String MISSING = """
            {"error":{"type":"invalid_request_error","code":"resource_missing","message":"There is no such market segment: check its id.","request_id":"1"}}""";

    @Test
    void an_exchange_as_described_has_none() {
        assertEquals(List.of(), retrieved(200, SEGMENT, Map.of()));
        assertEquals(List.of(), error(404, MISSING));
        assertEquals(List.of(), list("limit=100"));
        assertEquals(List.of(), created("{\"market_segment\":\"x\"}"));
    }

    @Test
    void another_status_is_one() {
        assertProblem("status 202", retrieved(202, SEGMENT, Map.of()));
        assertProblem("status 410", error(410, MISSING));
    }

    @Test
    void a_header_more_or_less_or_of_another_form_is_one() {
        assertProblem("x-other is not described", retrieved(200, SEGMENT, Map.of("x-other", "1")));
        assertProblem("ETag is missing", retrieved(200, SEGMENT, Map.of("etag", "")));
        assertProblem("ETag", retrieved(200, SEGMENT, Map.of("etag", "W/\"1\"")));
        assertProblem("Cache-Control", retrieved(200, SEGMENT, Map.of("cache-control", "no-store")));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"market_segment\":\"x\"', '\"market_segment\":\"x\",\"colour\":1'",
        "'\"market_segment\":\"x\"', '\"colour\":1'",
        "'\"market_segment\":\"x\"', '\"market_segment\":1'",
        "'\"market_segment\":\"x\"', '\"market_segment\":\" \"'",
        "2024-01-15T09:30:00Z, 2024-01-15T09:30:00+00:00",
        "market-segment_abc123, segment_abc123",
    })
    void a_member_more_or_less_or_of_another_type_is_one(String from, String to) {
        assertProblem("the body", retrieved(200, SEGMENT.replace(from, to), Map.of()));
    }

    @Test
    void a_code_a_type_or_a_message_that_is_no_example_is_one() {
        assertProblem("code resource_gone", error(404, MISSING.replace("resource_missing", "resource_gone")));
        assertProblem("another type", error(404, MISSING.replace("invalid_request_error", "api_error")));
        assertProblem("another message", error(404, MISSING.replace("There is no", "No")));
    }

    @Test
    void a_route_or_method_that_is_answered_and_not_described_is_one() {
        assertProblem(
                "the status is 200, not 404",
                differences("GET", COLLECTION + "s", "", "", 200, headers(Map.of()), SEGMENT));
        assertProblem(
                "the status is 200, not 405", differences("PUT", COLLECTION, "", "", 200, headers(Map.of()), SEGMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "offset=-1", "page=2", "starting_after=1"})
    void a_parameter_that_is_taken_and_not_described_is_one(String query) {
        assertProblem("parameter", list(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"market_segment\":5}", "{\"colour\":5}", "[]", "{"})
    void a_body_that_is_taken_and_not_described_is_one(String body) {
        assertProblem("the request's body", created(body));
    }

    private static List<String> retrieved(int status, String body, Map<String, String> changes) {
        return differences("GET", COLLECTION + "/" + ID, "", "", status, headers(changes), body);
    }

    private static List<String> created(String body) {
        var location = Map.of("location", COLLECTION + "/" + ID);
        return differences("POST", COLLECTION, "", body, 201, headers(location), SEGMENT);
    }

    private static List<String> list(String query) {
        return differences(
                "GET", COLLECTION, query, "", 200, notKept(Map.of()), "{\"data\":[],\"has_more\":false,\"total\":0}");
    }

    private static List<String> error(int status, String body) {
        var link = Map.of("link", "</docs/errors#resource_missing>; rel=\"help\"");
        return differences("GET", COLLECTION + "/" + ID, "", "", status, notKept(link), body);
    }

    private static List<String> differences(
            String method,
            String path,
            String query,
            String requestBody,
            int status,
            Map<String, List<String>> headers,
            String body) {
        return ApiDescription.get()
                .differences(new Exchange(method, path, query, Map.of(), requestBody, status, headers, body));
    }

    private static Map<String, List<String>> notKept(Map<String, String> changes) {
        var all = new HashMap<>(Map.of("etag", "", "vary", "", "cache-control", "no-store"));
        all.putAll(changes);
        return headers(all);
    }

    /// Those of an object, changed; an empty text removes one.
    private static Map<String, List<String>> headers(Map<String, String> changes) {
        var headers = new HashMap<String, List<String>>();
        Map.of(
                        "content-type", "application/json; charset=utf-8",
                        "request-id", "1",
                        "cache-control", "private, no-cache",
                        "x-content-type-options", "nosniff",
                        "vary", "Authorization",
                        "etag", "\"1\"")
                .forEach((name, value) -> headers.put(name, List.of(value)));
        changes.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.values().removeIf(values -> values.equals(List.of("")));
        return headers;
    }

    private static void assertProblem(String part, List<String> problems) {
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(part)), () -> part + " in " + problems);
    }
}
