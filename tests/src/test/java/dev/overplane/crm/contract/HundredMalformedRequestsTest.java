package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One long list of requests that must each be refused as the contract says, and together leave no trace.
@Contract
@DisplayName("A hundred malformed requests")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HundredMalformedRequestsTest {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Api api;
    private Client client;
    private Answer object;
    private Listing before;

    HundredMalformedRequestsTest(Api api) {
        this.api = api;
    }

    @BeforeAll
    void create_one_object() {
        client = api.isLocal() ? api.emptyAccount() : api.client();
        object = client.create(Json.named("the only one"));
        api.eventually(() -> {
            before = client.list("?limit=100");
            assertTrue(before.ids().contains(object.id()));
        });
    }

    @AfterAll
    void nothing_was_stored_changed_or_deleted() {
        assertEquals(before, client.list("?limit=100"));
        var now = client.retrieve(object.id()).mustBe(200);
        assertEquals(object.text(), now.text());
        assertEquals(object.etag(), now.etag());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void each_get_their_refusal(Function<Client, Call> request, Refusal refusal) {
        request.apply(client).send().mustBe(refusal);
    }

    @Test
    void are_at_least_a_hundred() {
        assertTrue(requests().size() >= 100, () -> requests().size() + " only");
    }

    List<Arguments> requests() {
        var rows = new Requests();
        rows.bodies(Malformed.bodies(), Refusal.bodyInvalid());
        rows.bodies(Map.of("17 KiB", " ".repeat(17 * 1024)), Refusal.bodyTooLarge());
        Malformed.members().forEach((name, body) -> rows.bodies(Map.of(name, body), Refusal.parameterUnknown(name)));
        Malformed.values()
                .forEach((title, value) -> rows.bodies(
                        Map.of(title, "{\"market_segment\":" + value + "}"),
                        Refusal.parameterInvalid("market_segment")));
        rows.ids();
        rows.queries("limit", Malformed.limits());
        rows.queries("offset", Malformed.offsets());
        rows.queries("starting_after", Malformed.cursors());
        rows.keys();
        rows.headers();
        return rows.all;
    }

    /// The list in the making.
    private final class Requests {

        private final List<Arguments> all = new ArrayList<>();

        private void add(String title, Function<Client, Call> request, Refusal refusal) {
            all.add(Arguments.argumentSet(title, request, refusal));
        }

        void bodies(Map<String, String> bodies, Refusal refusal) {
            bodies.forEach((title, body) -> {
                add("create with " + title, caller -> caller.post(body), refusal);
                add("update with " + title, caller -> caller.patch(object.id(), body), refusal);
            });
        }

        void ids() {
            Malformed.ids().forEach((title, id) -> {
                add("retrieve " + title, caller -> caller.onObject("GET", id), Refusal.resourceMissing());
                add("update " + title, caller -> caller.patch(id, Json.named("x")), Refusal.resourceMissing());
                add("delete " + title, caller -> caller.onObject("DELETE", id), Refusal.resourceMissing());
            });
        }

        void queries(String name, Map<String, String> values) {
            values.forEach((title, value) -> add(
                    name + " is " + title,
                    caller -> caller.onCollection("GET", "?" + name + "=" + value),
                    Refusal.parameterInvalid(name)));
        }

        void keys() {
            Malformed.authorizations().forEach((title, value) -> {
                add(
                        "create, Authorization is " + title,
                        caller -> caller.post("{}").header("Authorization", value),
                        Refusal.keyInvalid());
                add(
                        "delete, Authorization is " + title,
                        caller -> caller.onObject("DELETE", object.id()).header("Authorization", value),
                        Refusal.keyInvalid());
            });
            add("create without a key", caller -> caller.post("{}").without("Authorization"), Refusal.keyMissing());
        }

        void headers() {
            add(
                    "create as text",
                    caller -> caller.post("{}").header("Content-Type", "text/plain"),
                    Refusal.contentTypeUnsupported());
            add(
                    "create with a key that is too long",
                    caller -> caller.post("{}").header(IDEMPOTENCY_KEY, "k".repeat(256)),
                    Refusal.parameterInvalid(IDEMPOTENCY_KEY));
            add(
                    "create with a key of two words",
                    caller -> caller.post("{}").header(IDEMPOTENCY_KEY, "two words"),
                    Refusal.parameterInvalid(IDEMPOTENCY_KEY));
            add(
                    "update for a version that never was",
                    caller -> caller.patch(object.id(), Json.named("x")).header("If-Match", "\"never\""),
                    Refusal.preconditionFailed());
            add(
                    "delete for a version that cannot be read",
                    caller -> caller.onObject("DELETE", object.id()).header("If-Match", "never"),
                    Refusal.parameterInvalid("If-Match"));
            add(
                    "create with a query parameter",
                    caller -> caller.onCollection("POST", "?x=1").body("{}"),
                    Refusal.parameterUnknown("x"));
            add("replace", caller -> caller.onObject("PUT", object.id()).body("{}"), Refusal.routeUnknown());
            add("delete all", caller -> caller.onCollection("DELETE", ""), Refusal.routeUnknown());
        }
    }
}
