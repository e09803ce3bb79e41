package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.request;
import static dev.overplane.crm.local.gateway.TestApi.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.Handlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {

    private final TestClock clock = new TestClock();
    private final RestApi api = TestApi.of(Map.of(), clock, TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"unauthorized,401", "crash,500", "garbage,500", "no-policy,500", "nested,500", "deny,403", "ok,200"})
    void theAuthorizersAnswerDecides(String command, int status) {
        assertEquals(status, call("GET", command).status());
    }

    @Test
    void aRequestWithoutIdentityIsRefusedUnasked() {
        assertEquals(401, api.handle(request("GET", "/echo/1", "")).status());
        assertEquals(401, call("GET", "  ").status());
        assertEquals(0, calls("  "));
    }

    @Test
    void aRouteWithoutAuthorizerAsksNobody() {
        assertEquals(200, api.handle(request("PATCH", "/open", "")).status());
    }

    @Test
    void anUnknownRouteIsUnknownWhoeverAsks() {
        var answer = api.handle(request("GET", "/nothing", "", "Authorization", "deny " + UUID.randomUUID()));
        assertEquals(403, answer.status());
        assertEquals("{\"message\":\"Missing Authentication Token\"}", text(answer));
    }

    @Test
    void anAnswerIsRememberedForItsTimeAndNoLonger() {
        var identity = unique("ok");
        call("GET", identity);
        clock.advance(TestApi.TIME_TO_LIVE.minusMillis(1));
        call("GET", identity);
        assertEquals(1, calls(identity));
        clock.advance(Duration.ofMillis(1));
        call("GET", identity);
        assertEquals(2, calls(identity));
    }

    @Test
    void aDenialIsRememberedToo() {
        var identity = unique("deny");
        assertEquals(403, call("GET", identity).status());
        assertEquals(403, call("GET", identity).status());
        assertEquals(1, calls(identity));
    }

    @ParameterizedTest
    @CsvSource({"unauthorized", "crash", "garbage"})
    void aFailureIsNotRemembered(String command) {
        var identity = unique(command);
        call("GET", identity);
        call("GET", identity);
        assertEquals(2, calls(identity));
    }

    @Test
    void aRememberedPolicyIsHeldAgainstEachCallAnew() {
        var identity = unique("gets-only");
        assertEquals(200, call("GET", identity).status());
        assertEquals(403, call("POST", identity).status());
        assertEquals(1, calls(identity));
    }

    @Test
    void nothingIsRememberedWithoutATimeToLive() {
        var forgetful = TestApi.of(Map.of(), clock, Duration.ZERO, RestApi.INTEGRATION_LIMIT);
        var identity = unique("ok");
        for (int i = 0; i < 2; i++) {
            forgetful.handle(request("GET", "/echo/1", "", "Authorization", identity));
        }
        assertEquals(2, calls(identity));
    }

    @Test
    void anIdentityMayBeTriedWithoutBeingRemembered() {
        var identity = unique("ok");
        assertTrue(api.admits(identity));
        assertTrue(api.admits(identity));
        assertEquals(2, calls(identity));
        assertEquals(false, api.admits(unique("deny")));
        assertEquals(false, api.admits(unique("crash")));
    }

    private GatewayAnswer call(String method, String identity) {
        return api.handle(request(method, "/echo/1", "", "Authorization", identity));
    }

    private static int calls(String identity) {
        return Handlers.GUARD_CALLS.getOrDefault(identity, 0);
    }

    private static String unique(String command) {
        return command + " " + UUID.randomUUID();
    }

    private static final class TestClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
