package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.KeyFunctions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation, with every kind of key, on what belongs to an owner: by id, by cursor, by idempotency key.
@Contract
@DisplayName("Access")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    enum Operation {
        RETRIEVE,
        RETRIEVE_IF_NONE_MATCH,
        HEAD,
        LIST,
        HEAD_OF_LIST,
        LIST_STARTING_AFTER,
        CREATE,
        CREATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY,
        UPDATE,
        UPDATE_OF_NOTHING,
        UPDATE_IF_MATCH,
        UPDATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY,
        DELETE,
        DELETE_IF_MATCH,
        DELETE_WITH_THE_OWNERS_IDEMPOTENCY_KEY;

        boolean isWrite() {
            return switch (this) {
                case RETRIEVE, RETRIEVE_IF_NONE_MATCH, HEAD, LIST, HEAD_OF_LIST, LIST_STARTING_AFTER -> false;
                case CREATE,
                        CREATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY,
                        UPDATE,
                        UPDATE_OF_NOTHING,
                        UPDATE_IF_MATCH,
                        UPDATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY,
                        DELETE,
                        DELETE_IF_MATCH,
                        DELETE_WITH_THE_OWNERS_IDEMPOTENCY_KEY -> true;
            };
        }

        ApiRequest of(ApiClient caller, Owned owned) {
            var id = owned.object.id();
            return switch (this) {
                case RETRIEVE -> caller.onObject("GET", id);
                case RETRIEVE_IF_NONE_MATCH -> caller.onObject("GET", id).header("If-None-Match", "\"x\"");
                case HEAD -> caller.onObject("HEAD", id);
                case LIST -> caller.onCollection("GET", "?limit=100");
                case HEAD_OF_LIST -> caller.onCollection("HEAD", "");
                case LIST_STARTING_AFTER -> caller.onCollection("GET", "?starting_after=" + id);
                case CREATE -> caller.post(owned.body);
                case CREATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY ->
                    caller.post(owned.body).header(IDEMPOTENCY_KEY, owned.idempotencyKey);
                case UPDATE -> caller.patch(id, Json.named("taken"));
                case UPDATE_OF_NOTHING -> caller.patch(id, "{}");
                case UPDATE_IF_MATCH -> caller.patch(id, Json.named("taken")).header("If-Match", "*");
                case UPDATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY ->
                    caller.patch(id, Json.named("taken")).header(IDEMPOTENCY_KEY, owned.idempotencyKey);
                case DELETE -> caller.onObject("DELETE", id);
                case DELETE_IF_MATCH -> caller.onObject("DELETE", id).header("If-Match", owned.object.etag());
                case DELETE_WITH_THE_OWNERS_IDEMPOTENCY_KEY ->
                    caller.onObject("DELETE", id).header(IDEMPOTENCY_KEY, owned.idempotencyKey);
            };
        }
    }

    enum Key {
        ANOTHER_ACCOUNTS,
        OF_THE_OTHER_MODE,
        REVOKED,
        EXPIRED,
        READ_ONLY,
        MALFORMED,
        ABSENT,
        ROTATED
    }

    /// What the owner has: an object, created with an idempotency key.
    record Owned(ApiResponse object, String body, String idempotencyKey) {}

    private final KeyFunctions keys;
    private final Api api;
    private final String account = Api.newAccountName();
    private final Map<Key, ApiClient> callers = new EnumMap<>(Key.class);
    private final ApiClient owner;

    AccessMatrixTest(Api api) {
        this.api = api;
        this.keys = api.keyFunctions();
        this.owner = api.clientWith(keys.issue(account, false, "read_write"));
    }

    @BeforeAll
    void issue_the_keys() {
        callers.put(Key.ANOTHER_ACCOUNTS, client(keys.issue(Api.newAccountName(), false, "read_write")));
        callers.put(Key.OF_THE_OTHER_MODE, client(keys.issue(account, true, "read_write")));
        callers.put(Key.READ_ONLY, client(keys.issue(account, false, "read_only")));
        callers.put(Key.MALFORMED, client("sk_test_x"));
        callers.put(Key.ABSENT, client("none"));
        var revoked = keys.issue(account, false, "read_write", Optional.empty());
        keys.revoke(revoked.get("id").textValue());
        callers.put(Key.REVOKED, client(revoked.get("secret").textValue()));
        var rotated = keys.issue(account, false, "read_write", Optional.empty());
        keys.rotate(rotated.get("id").textValue());
        callers.put(Key.ROTATED, client(rotated.get("secret").textValue()));
        var soon = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        var expired = client(keys.issue(account, false, "read_write", Optional.of(soon))
                .get("secret")
                .textValue());
        // While it is good, so that the gateway remembers it.
        expired.listing("");
        Api.awaitClock(soon);
        callers.put(Key.EXPIRED, expired);
    }

    private ApiClient client(String secret) {
        return api.clientWith(secret);
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Operation.values())
                .flatMap(operation -> Arrays.stream(Key.values()).map(key -> Arguments.of(operation, key)));
    }

    @ParameterizedTest(name = "{0} with a key that is {1}")
    @MethodSource("cells")
    void is_what_the_contract_says(Operation operation, Key key) {
        var body = Json.named("of the owner");
        var idempotencyKey = UUID.randomUUID().toString();
        var object =
                owner.post(body).header(IDEMPOTENCY_KEY, idempotencyKey).send().mustBe(201);
        var owned = new Owned(object, body, idempotencyKey);
        var request = operation.of(callers.get(key), owned);
        if (key == Key.ABSENT) {
            request.withoutHeader("Authorization");
        }
        var response = request.send();
        switch (key) {
            case ANOTHER_ACCOUNTS, OF_THE_OTHER_MODE -> assertStranger(operation, owned, response);
            case REVOKED, EXPIRED, MALFORMED -> assertRefused(ApiError.keyInvalid(), response);
            case ABSENT -> assertRefused(ApiError.keyMissing(), response);
            case READ_ONLY -> {
                if (operation.isWrite()) {
                    response.mustBe(ApiError.keyReadOnly());
                } else {
                    assertOwner(operation, owned, response);
                }
            }
            case ROTATED -> assertOwner(operation, owned, response);
        }
        if (key != Key.ROTATED) {
            owner.retrieve(object.id()).mustBe(200).mustShowTheSameAs(object);
        }
    }

    private static void assertRefused(ApiError error, ApiResponse response) {
        if (response.method().equals("HEAD")) {
            response.mustBe(error.status());
        } else {
            response.mustBe(error);
        }
    }

    private static void assertStranger(Operation operation, Owned owned, ApiResponse response) {
        switch (operation) {
            case RETRIEVE,
                    RETRIEVE_IF_NONE_MATCH,
                    HEAD,
                    UPDATE,
                    UPDATE_OF_NOTHING,
                    UPDATE_IF_MATCH,
                    UPDATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY,
                    DELETE,
                    DELETE_IF_MATCH,
                    DELETE_WITH_THE_OWNERS_IDEMPOTENCY_KEY -> assertRefused(ApiError.resourceMissing(), response);
            case LIST_STARTING_AFTER -> response.mustBe(ApiError.parameterInvalid("starting_after"));
            case HEAD_OF_LIST -> response.mustBe(200);
            case LIST -> assertFalse(response.mustBe(200).listing().ids().contains(owned.object.id()));
            case CREATE, CREATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY -> {
                assertNotEquals(owned.object.id(), response.mustBe(201).id());
                assertFalse(response.has("Idempotent-Replayed"));
            }
        }
    }

    private static void assertOwner(Operation operation, Owned owned, ApiResponse response) {
        var id = owned.object.id();
        switch (operation) {
            case RETRIEVE, RETRIEVE_IF_NONE_MATCH, UPDATE_OF_NOTHING ->
                response.mustBe(200).mustShowTheSameAs(owned.object);
            case UPDATE, UPDATE_IF_MATCH ->
                assertEquals(
                        Optional.of("taken"), response.mustBe(200).segment().marketSegment());
            case DELETE, DELETE_IF_MATCH ->
                assertEquals(id, response.mustBe(200).json().get("id").textValue());
            case HEAD -> assertEquals(owned.object.etag(), response.mustBe(200).etag());
            case HEAD_OF_LIST -> response.mustBe(200);
            // The owner has made another request with the key.
            case UPDATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY, DELETE_WITH_THE_OWNERS_IDEMPOTENCY_KEY ->
                response.mustBe(ApiError.idempotencyKeyReused());
            case LIST -> assertEquals(id, response.mustBe(200).listing().ids().getFirst());
            case LIST_STARTING_AFTER ->
                assertFalse(response.mustBe(200).listing().ids().contains(id));
            case CREATE -> assertNotEquals(id, response.mustBe(201).id());
            case CREATE_WITH_THE_OWNERS_IDEMPOTENCY_KEY -> {
                assertEquals(id, response.mustBe(201).id());
                assertEquals("true", response.header("Idempotent-Replayed"));
            }
        }
    }
}
