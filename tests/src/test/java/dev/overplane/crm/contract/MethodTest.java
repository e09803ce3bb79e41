package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("A method")
class MethodTest {

    private static final Set<String> ON_COLLECTION = Set.of("GET", "HEAD", "POST");
    private static final Set<String> ON_OBJECT = Set.of("GET", "HEAD", "PATCH", "DELETE");
    /// Headers that two responses to one request may differ in.
    private static final Set<String> OF_ONE_RESPONSE =
            Set.of("date", "request-id", "x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id");

    private final Api api;
    private final ApiClient client;

    MethodTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS"})
    void that_the_collection_does_not_have_is_405(String method) {
        assertNotAllowed(ON_COLLECTION, client.onCollection(method, "").send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "OPTIONS"})
    void that_an_object_does_not_have_is_405_whether_or_not_there_is_the_object(String method) {
        var created = client.create(Json.named("Retail"));
        assertNotAllowed(
                ON_OBJECT, client.onObject(method, created.id()).body("{}").send());
        assertNotAllowed(
                ON_OBJECT, client.onObject(method, "market-segment_abc123").send());
        client.retrieve(created.id()).mustShowTheSameAs(created);
    }

    @Test
    void that_is_not_allowed_is_405_with_any_key_or_none() {
        List<UnaryOperator<ApiRequest>> keys = List.of(
                request -> request,
                request -> request.withoutHeader("Authorization"),
                request -> request.header("Authorization", "x"),
                request -> request.header("Authorization", "Bearer sk_test_x"));
        var errors = keys.stream()
                .map(key -> key.apply(client.onCollection("PUT", "")).send().mustBe(ApiError.methodNotAllowed()))
                .map(ApiResponse::errorWithoutRequestId)
                .distinct()
                .toList();
        assertEquals(1, errors.size(), errors::toString);
    }

    @Test
    void of_an_unknown_path_is_404_whatever_it_is() {
        for (var method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            var response = client.request(method, "/api/crm").send().mustBe(ApiError.routeUnknown());
            assertFalse(response.has("Allow"), response::toString);
        }
    }

    @Test
    void an_object_by_HEAD_is_answered_as_by_GET_without_a_body() {
        var created = client.create(Json.named("Retail"));
        assertSame(client.onObject("GET", created.id()), client.onObject("HEAD", created.id()));
        assertSame(
                client.onObject("GET", created.id()).header("If-None-Match", created.etag()),
                client.onObject("HEAD", created.id()).header("If-None-Match", created.etag()));
        assertEquals(
                created.etag(), client.onObject("HEAD", created.id()).send().etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?limit=1", "?limit=0", "?x=1"})
    void a_listing_by_HEAD_is_answered_as_by_GET_without_a_body(String query) {
        var owner = api.emptyAccount();
        owner.createNewestFirst(2);
        assertSame(owner.onCollection("GET", query), owner.onCollection("HEAD", query));
    }

    @ParameterizedTest
    @CsvSource({"market-segment_abc123, 404", "'', 401"})
    void errors_by_HEAD_are_those_by_GET(String id, int status) {
        UnaryOperator<ApiRequest> sent = request -> status == 401 ? request.withoutHeader("Authorization") : request;
        var path = id.isEmpty() ? "" : "/" + id;
        var head = sent.apply(client.request("HEAD", ApiClient.PATH + path));
        assertEquals(status, head.send().status());
        assertSame(sent.apply(client.request("GET", ApiClient.PATH + path)), head);
    }

    private static void assertNotAllowed(Set<String> allowed, ApiResponse response) {
        response.mustBe(ApiError.methodNotAllowed());
        assertEquals(
                allowed,
                Set.of(response.header("Allow").split(", *")),
                () -> "methods that Allow names in " + response);
    }

    private static void assertSame(ApiRequest get, ApiRequest head) {
        var expected = get.send();
        var found = head.send();
        assertEquals(expected.status(), found.status());
        assertEquals(headers(expected), headers(found));
        assertEquals("", found.text());
    }

    private static Map<String, List<String>> headers(ApiResponse response) {
        return response.headers().map().entrySet().stream()
                .filter(header -> !OF_ONE_RESPONSE.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (one, _) -> one,
                        TreeMap::new));
    }
}
