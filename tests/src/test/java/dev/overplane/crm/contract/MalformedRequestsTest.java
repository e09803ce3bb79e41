package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The one table of malformed requests: each must be answered with the error that the contract names, and none
/// may leave a trace.
@Contract
@DisplayName("A malformed request")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsTest {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String IF_MATCH = "If-Match";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String AUTHORIZATION = "Authorization";
    private static final String RETAIL = Json.named("Retail");

    private final Api api;
    private ApiClient client;
    private ApiResponse object;
    private ApiResponse missing;
    private Listing before;

    MalformedRequestsTest(Api api) {
        this.api = api;
    }

    @BeforeAll
    void create_one_object() {
        client = api.isLocal() ? api.emptyAccount() : api.client();
        var gone = client.create().id();
        client.delete(gone).mustBe(200);
        missing = client.retrieve(gone).mustBe(ApiError.resourceMissing());
        object = client.create(Json.named("the only one"));
        api.eventually(() -> {
            before = client.listing("?limit=100");
            assertTrue(before.ids().contains(object.id()));
        });
    }

    @AfterAll
    void nothing_was_stored_changed_or_deleted() {
        assertEquals(before, client.listing("?limit=100"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void gets_its_error_and_changes_nothing(Function<ApiClient, ApiRequest> request, ApiError expected) {
        var response = request.apply(client).send().mustBe(expected);
        if (expected.equals(missing.error())) {
            assertEquals(
                    missing.errorWithoutRequestId(),
                    response.errorWithoutRequestId(),
                    "the same words for an id that was never given as for one that is gone");
        }
        client.retrieve(object.id()).mustBe(200).mustShowTheSameAs(object);
    }

    @Test
    void comes_in_more_than_four_hundred_forms() {
        assertTrue(requests().size() > 400, () -> requests().size() + " only");
    }

    List<Arguments> requests() {
        var rows = new Rows();
        Malformed.bodies().forEach((title, body) -> rows.body(title, body, ApiError.bodyInvalid()));
        rows.body("17 KiB", " ".repeat(17 * 1024), ApiError.bodyTooLarge());
        Malformed.members().forEach((name, body) -> rows.body(name, body, ApiError.parameterUnknown(name)));
        Malformed.unnamedMembers().forEach((title, body) -> rows.body(title, body, ApiError.parameterUnknown()));
        Malformed.values()
                .forEach((title, value) -> rows.body(
                        title, "{\"market_segment\":" + value + "}", ApiError.parameterInvalid("market_segment")));
        Malformed.ids().forEach(rows::id);
        rows.queries();
        rows.keys();
        rows.headers();
        rows.add("replace", caller -> caller.onObject("PUT", object.id()).body("{}"), ApiError.methodNotAllowed());
        rows.add("delete all", caller -> caller.onCollection("DELETE", ""), ApiError.methodNotAllowed());
        return rows.all;
    }

    private final class Rows {

        private final List<Arguments> all = new ArrayList<>();

        void add(String title, Function<ApiClient, ApiRequest> request, ApiError expected) {
            all.add(Arguments.argumentSet(title, request, expected));
        }

        void body(String title, String body, ApiError expected) {
            add("create with " + title, caller -> caller.post(body), expected);
            add("update with " + title, caller -> caller.patch(object.id(), body), expected);
        }

        void id(String title, String id) {
            add("retrieve " + title, caller -> caller.onObject("GET", id), ApiError.resourceMissing());
            add("update " + title, caller -> caller.patch(id, RETAIL), ApiError.resourceMissing());
            add("delete " + title, caller -> caller.onObject("DELETE", id), ApiError.resourceMissing());
        }

        void queries() {
            Malformed.limits().forEach((title, value) -> parameter("limit", title, value));
            Malformed.offsets().forEach((title, value) -> parameter("offset", title, value));
            Malformed.cursors().forEach((title, value) -> parameter("starting_after", title, value));
            Malformed.repeatedParameters().forEach((query, name) -> list(query, ApiError.parameterInvalid(name)));
            Malformed.unknownParameters().forEach((query, name) -> list(query, ApiError.parameterUnknown(name)));
            Malformed.unnamedParameters().forEach(query -> list(query, ApiError.parameterUnknown()));
            add(
                    "create with a query parameter",
                    caller -> caller.onCollection("POST", "?x=1").body("{}"),
                    ApiError.parameterUnknown("x"));
            add(
                    "retrieve with a query parameter",
                    caller -> caller.onObject("GET", object.id() + "?expand=all"),
                    ApiError.parameterUnknown("expand"));
            add(
                    "update with a query parameter",
                    caller -> caller.patch(object.id() + "?market_segment=x", "{}"),
                    ApiError.parameterUnknown("market_segment"));
            add(
                    "delete with a query parameter",
                    caller -> caller.onObject("DELETE", object.id() + "?force=true"),
                    ApiError.parameterUnknown("force"));
        }

        private void parameter(String name, String title, String value) {
            add(
                    name + " is " + title,
                    caller -> caller.onCollection("GET", "?" + name + "=" + value),
                    ApiError.parameterInvalid(name));
        }

        private void list(String query, ApiError expected) {
            add("list with " + query, caller -> caller.onCollection("GET", "?" + query), expected);
        }

        void keys() {
            Malformed.authorizations().forEach((title, value) -> {
                var withTitle = ", Authorization is " + title;
                add(
                        "list" + withTitle,
                        caller -> caller.onCollection("GET", "?limit=1").header(AUTHORIZATION, value),
                        ApiError.keyInvalid());
                add(
                        "create" + withTitle,
                        caller -> caller.post("{}").header(AUTHORIZATION, value),
                        ApiError.keyInvalid());
                add(
                        "delete" + withTitle,
                        caller -> caller.onObject("DELETE", object.id()).header(AUTHORIZATION, value),
                        ApiError.keyInvalid());
            });
            Malformed.formsOfAuthorization()
                    .forEach(form -> add(
                            "list, Authorization is a good key as " + form,
                            caller -> caller.onCollection("GET", "?limit=1")
                                    .header(AUTHORIZATION, form.formatted(caller.key())),
                            ApiError.keyInvalid()));
            add(
                    "create without a key",
                    caller -> caller.post("{}").withoutHeader(AUTHORIZATION),
                    ApiError.keyMissing());
        }

        void headers() {
            Malformed.contentTypes().forEach(type -> {
                add(
                        "create as " + type,
                        caller -> caller.post(RETAIL).header(CONTENT_TYPE, type),
                        ApiError.contentTypeUnsupported());
                add(
                        "update as " + type,
                        caller -> caller.patch(object.id(), RETAIL).header(CONTENT_TYPE, type),
                        ApiError.contentTypeUnsupported());
            });
            Malformed.idempotencyKeys().forEach((title, key) -> {
                idempotencyKey("create, Idempotency-Key is " + title, key, caller -> caller.post(RETAIL));
                idempotencyKey("update, Idempotency-Key is " + title, key, caller -> caller.patch(object.id(), RETAIL));
                idempotencyKey(
                        "delete, Idempotency-Key is " + title, key, caller -> caller.onObject("DELETE", object.id()));
            });
            add(
                    "create with two idempotency keys",
                    caller -> caller.post(RETAIL)
                            .header(IDEMPOTENCY_KEY, "one")
                            .addHeader(IDEMPOTENCY_KEY, "two")
                            .overRawSocket(),
                    ApiError.parameterInvalid(IDEMPOTENCY_KEY));
            Malformed.entityTags().forEach(tag -> ifMatch(tag, ApiError.parameterInvalid(IF_MATCH)));
            ifMatch("\"never\"", ApiError.preconditionFailed());
        }

        private void idempotencyKey(String title, String key, Function<ApiClient, ApiRequest> request) {
            add(
                    title,
                    caller -> request.apply(caller).header(IDEMPOTENCY_KEY, key).overRawSocket(),
                    ApiError.parameterInvalid(IDEMPOTENCY_KEY));
        }

        private void ifMatch(String tag, ApiError expected) {
            add(
                    "update if it matches " + tag,
                    caller -> caller.patch(object.id(), RETAIL).header(IF_MATCH, tag),
                    expected);
            add(
                    "delete if it matches " + tag,
                    caller -> caller.onObject("DELETE", object.id()).header(IF_MATCH, tag),
                    expected);
        }
    }
}
