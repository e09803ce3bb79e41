package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.body;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizerTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final RestApi api = TestApi.of(Map.of(), clock, TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"unauthorized,401", "crash,500", "not-json,500", "no-policy,500", "nested,500", "deny,403", "ok,200"})
    void the_authorizers_response_decides(String command, int status) {
        assertEquals(status, call("GET", command).status());
    }

    @Test
    void a_request_without_identity_is_rejected_without_a_call() {
        assertEquals(401, api.handle(request("GET", "/echo/1", "")).status());
        assertEquals(401, call("GET", "  ").status());
        assertEquals(0, calls("  "));
    }

    @Test
    void a_route_without_authorizer_needs_no_identity() {
        assertEquals(200, api.handle(request("PATCH", "/open", "")).status());
    }

    @Test
    void an_unknown_route_is_rejected_before_authorization() {
        var identity = "deny " + UUID.randomUUID();
        assertEquals(
                403,
                api.handle(request("GET", "/nowhere", "", "Authorization", identity))
                        .status());
        var response = api.handle(request("GET", "/nowhere", ""));
        assertEquals(403, response.status());
        assertEquals("{\"message\":\"Missing Authentication Token\"}", body(response));
        assertFalse(TestAuthorizer.CALLS.containsKey(identity));
    }

    @Test
    void a_policy_is_cached_until_it_expires() {
        var identity = unique("ok");
        call("GET", identity);
        now = now.plus(TestApi.TIME_TO_LIVE.minusMillis(1));
        call("GET", identity);
        assertEquals(1, calls(identity));
        now = now.plus(Duration.ofMillis(1));
        call("GET", identity);
        assertEquals(2, calls(identity));
    }

    @Test
    void a_policy_that_denies_is_cached() {
        var identity = unique("deny");
        assertEquals(403, call("GET", identity).status());
        assertEquals(403, call("GET", identity).status());
        assertEquals(1, calls(identity));
    }

    @ParameterizedTest
    @CsvSource({"unauthorized", "crash", "not-json"})
    void a_failure_is_not_cached(String command) {
        var identity = unique(command);
        call("GET", identity);
        call("GET", identity);
        assertEquals(2, calls(identity));
    }

    @Test
    void a_cached_policy_is_evaluated_for_each_call() {
        var identity = unique("gets-only");
        assertEquals(200, call("GET", identity).status());
        assertEquals(403, call("POST", identity).status());
        assertEquals(1, calls(identity));
    }

    @Test
    void nothing_is_cached_without_a_time_to_live() {
        var uncached = TestApi.of(Map.of(), clock, Duration.ZERO, RestApi.INTEGRATION_LIMIT);
        var identity = unique("ok");
        for (int i = 0; i < 2; i++) {
            uncached.handle(request("GET", "/echo/1", "", "Authorization", identity));
        }
        assertEquals(2, calls(identity));
    }

    @Test
    void an_identity_can_be_tested_without_the_cache() {
        var identity = unique("ok");
        assertTrue(api.isAuthorized(identity));
        assertTrue(api.isAuthorized(identity));
        assertEquals(2, calls(identity));
        assertFalse(api.isAuthorized(unique("deny")));
        assertFalse(api.isAuthorized(unique("crash")));
    }

    private HttpResponse call(String method, String identity) {
        return api.handle(request(method, "/echo/1", "", "Authorization", identity));
    }

    private static int calls(String identity) {
        return TestAuthorizer.CALLS.getOrDefault(identity, 0);
    }

    private static String unique(String command) {
        return command + " " + UUID.randomUUID();
    }
}
