package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Invocation;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/// The rows of the table: every operation in every form that makes other calls, how often it calls DynamoDB,
/// and what must be found afterwards.
enum Operation {
    CREATE(
            List.of("GetItem", "TransactWriteItems"),
            fixture -> fixture.client().post(Json.named("new")).send(),
            Operation::created),

    CREATE_WITH_KEY(
            List.of("GetItem", "TransactWriteItems"),
            fixture -> fixture.client()
                    .post(Json.named("new"))
                    .header("Idempotency-Key", "k")
                    .send(),
            Operation::createdOnce),

    CREATE_AT_PAGE_TURN(
            List.of("TransactWriteItems", "TransactWriteItems"),
            fixture -> fixture.client().onCollection("POST", "").send(),
            Operation::created) {
        @Override
        Fixture arrange() {
            return fullPage(super.arrange());
        }
    },

    CREATE_WITH_KEY_AT_PAGE_TURN(
            List.of("TransactWriteItems", "TransactWriteItems"),
            fixture -> fixture.client()
                    .onCollection("POST", "")
                    .header("Idempotency-Key", "k")
                    .send(),
            Operation::createdOnce) {
        @Override
        Fixture arrange() {
            return fullPage(super.arrange());
        }
    },

    RETRIEVE(List.of("GetItem"), fixture -> fixture.client().retrieve(fixture.target()), Operation::unchanged),

    LIST(List.of("Query", "Query by_created_at"), fixture -> fixture.client().list(""), Operation::unchanged),

    LIST_AT_OFFSET(
            List.of("Query", "Query by_created_at"),
            fixture -> fixture.client().list("?offset=1&limit=1"),
            Operation::unchanged),

    LIST_STARTING_AFTER(
            List.of("Query", "Query by_created_at"),
            fixture -> fixture.client().list("?starting_after=" + fixture.target()),
            Operation::unchanged),

    UPDATE(
            List.of("UpdateItem"),
            fixture -> fixture.client().update(fixture.target(), Json.named("changed")),
            (fixture, seen) -> updated(fixture, seen, 200)),

    UPDATE_IF_MATCH(
            List.of("UpdateItem"),
            fixture -> fixture.client()
                    .patch(fixture.target(), Json.named("changed"))
                    .header("If-Match", fixture.targetTag())
                    .send(),
            (fixture, seen) -> updated(fixture, seen, 412)),

    UPDATE_OF_NOTHING(
            List.of("GetItem"), fixture -> fixture.client().update(fixture.target(), "{}"), Operation::unchanged),

    UPDATE_WITH_KEY(
            List.of("TransactGetItems", "TransactWriteItems"),
            fixture -> updateWithKey(fixture.client(), fixture.target()),
            Operation::updatedOnce),

    UPDATE_WITH_KEY_REPEATED(
            List.of("TransactGetItems"),
            fixture -> updateWithKey(fixture.client(), fixture.target()),
            (fixture, seen) -> {
                replayed(seen);
                assertEquals(2, fixture.stored().version(fixture.target()));
            }) {
        @Override
        Fixture arrange() {
            Fixture fixture = super.arrange();
            updateWithKey(fixture.directClient(), fixture.target()).mustBe(200);
            return fixture;
        }
    },

    UPDATE_IF_MATCH_WITH_KEY(
            List.of("TransactGetItems", "TransactWriteItems"),
            fixture -> fixture.client()
                    .patch(fixture.target(), Json.named("changed"))
                    .header("If-Match", fixture.targetTag())
                    .header("Idempotency-Key", "k")
                    .send(),
            Operation::updatedOnce),

    UPDATE_OF_NOTHING_WITH_KEY(
            List.of("TransactGetItems", "TransactWriteItems"),
            fixture -> fixture.client()
                    .patch(fixture.target(), "{}")
                    .header("Idempotency-Key", "k")
                    .send(),
            Operation::recordedOnly),

    DELETE(List.of("TransactWriteItems"), fixture -> fixture.client().delete(fixture.target()), Operation::deleted),

    DELETE_IF_MATCH(
            List.of("TransactWriteItems"),
            fixture -> fixture.client()
                    .onObject("DELETE", fixture.target())
                    .header("If-Match", fixture.targetTag())
                    .send(),
            Operation::deleted),

    DELETE_WITH_KEY(
            List.of("TransactWriteItems"),
            fixture -> deleteWithKey(fixture.client(), fixture.target()),
            Operation::deletedOnce),

    DELETE_WITH_KEY_REPEATED(
            List.of("TransactWriteItems"),
            fixture -> deleteWithKey(fixture.client(), fixture.target()),
            (_, seen) -> replayed(seen)) {
        @Override
        Fixture arrange() {
            Fixture fixture = super.arrange();
            deleteWithKey(fixture.directClient(), fixture.target()).mustBe(200);
            return fixture;
        }
    },

    AUTHORIZE(
            List.of("GetItem"),
            fixture -> fixture.functions().authorize(text(fixture.key(), "secret")),
            Operation::unchanged),

    AUTHORIZE_FIRST_USE(
            List.of("GetItem", "UpdateItem"),
            fixture -> fixture.functions().authorize(text(fixture.key(), "secret")),
            Operation::authorized),

    ISSUE_KEY(
            List.of("PutItem"),
            fixture -> fixture.functions().keys().tryIssue(fixture.account(), false, "read_write", Optional.empty()),
            Operation::issued),

    ROTATE_KEY(
            List.of("GetItem", "TransactWriteItems"),
            fixture -> fixture.functions().keys().tryRotate(text(fixture.key(), "id")),
            Operation::rotated),

    REVOKE_KEY(
            List.of("UpdateItem"),
            fixture -> fixture.functions().keys().tryRevoke(text(fixture.key(), "id")),
            Operation::revoked),

    LIST_KEYS(
            List.of("Query by_account"),
            fixture -> fixture.functions().keys().tryList(fixture.account()),
            Operation::unchanged);

    /// What the reading operations share: they must leave it as it is.
    private static final class Shared {
        private static final Fixture FIXTURE = inUse(Fixture.with(OBJECTS));
        private static final StoredState STORED = FIXTURE.stored();
    }

    /// What was seen under a fault.
    record Seen(Operation operation, Outcome outcome, Effect effect) {

        ApiResponse response() {
            return (ApiResponse) outcome;
        }

        /// What the same request is answered once more.
        ApiResponse again(Fixture fixture) {
            return operation.response(fixture);
        }
    }

    private static final int PAGE = 256;
    private static final int OBJECTS = 3;

    private final List<String> calls;
    private final Function<Fixture, Outcome> request;
    private final BiConsumer<Fixture, Seen> check;

    Operation(List<String> calls, Function<Fixture, Outcome> request, BiConsumer<Fixture, Seen> check) {
        this.calls = calls;
        this.request = request;
        this.check = check;
    }

    /// The calls that it makes, in alphabetical order, if nothing fails.
    List<String> calls() {
        return calls;
    }

    Fixture arrange() {
        return isRead() ? Shared.FIXTURE.withNewFunctions() : Fixture.with(isHttp() ? OBJECTS : 0);
    }

    Outcome request(Fixture fixture) {
        return request.apply(fixture);
    }

    /// Checks what is stored, and that the same request, sent once more by the client, gets the response that
    /// the contract promises.
    void check(Fixture fixture, Seen seen) {
        check.accept(fixture, seen);
        if (isHttp() && !isRead()) {
            fixture.stored().assertSound();
        }
    }

    /// Whether it does its work though that call fails for good.
    boolean goesOnWithout(Call call) {
        return this == AUTHORIZE_FIRST_USE && call.isWrite();
    }

    /// Whether it has a route.
    boolean isHttp() {
        return compareTo(AUTHORIZE) < 0;
    }

    /// Checks that it asked the client to come back.
    void assertUnavailable(Outcome outcome) {
        switch (outcome) {
            case ApiResponse response ->
                assertEquals("1", response.mustBe(ApiError.storeUnavailable()).header("Retry-After"));
            // API Gateway then answers 503 in place of an authorizer; who invokes a key function sees the
            // error.
            case Invocation invocation -> {
                assertEquals(Optional.of("Unhandled"), invocation.error());
                assertEquals(StoreUnavailableException.class.getName(), text(invocation.json(), "errorType"));
            }
        }
    }

    /// Whether it did, or had done before, what was asked.
    boolean succeeds(Outcome outcome) {
        return outcome.isSuccess()
                || switch (this) {
                    // The attempts during the outage may have been heard.
                    case UPDATE_IF_MATCH -> ((ApiResponse) outcome).status() == 412;
                    case DELETE, DELETE_IF_MATCH -> ((ApiResponse) outcome).status() == 404;
                    case ROTATE_KEY -> text(outcome.json(), "errorMessage").contains("has been rotated before");
                    default -> false;
                };
    }

    private ApiResponse response(Fixture fixture) {
        return (ApiResponse) request(fixture);
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asText();
    }

    private boolean isRead() {
        return switch (this) {
            case RETRIEVE, LIST, LIST_AT_OFFSET, LIST_STARTING_AFTER, UPDATE_OF_NOTHING, AUTHORIZE, LIST_KEYS -> true;
            default -> false;
        };
    }

    private static void created(Fixture fixture, Seen seen) {
        StoredState stored = assertCreated(fixture, seen);
        assertEquals(List.of(), stored.records(), "a create without a key writes no record");
        if (seen.effect() != Effect.ANSWERED) {
            CREATE.response(fixture).mustBe(201);
        }
    }

    private static void createdOnce(Fixture fixture, Seen seen) {
        StoredState stored = assertCreated(fixture, seen);
        assertEquals(seen.effect().done() ? 1 : 0, stored.records().size(), "the record is there if the object is");
        assertRepeated(fixture, seen, 201);
        assertEquals(OBJECTS + 1, fixture.stored().objects().size(), "one object, however often it was asked for");
    }

    private static void assertRepeated(Fixture fixture, Seen seen, int status) {
        ApiResponse again = seen.again(fixture).mustBe(status);
        assertEquals(seen.effect().done(), again.has("Idempotent-Replayed"), "replayed if it was done");
        if (seen.effect() == Effect.ANSWERED) {
            seen.response().mustBe(status);
            assertFalse(seen.response().has("Idempotent-Replayed"), "its own attempt is no replay");
            assertEquals(seen.response().json(), again.json());
        }
    }

    private static StoredState assertCreated(Fixture fixture, Seen seen) {
        StoredState stored = fixture.stored();
        assertEquals(OBJECTS + (seen.effect().done() ? 1 : 0), stored.objects().size(), "objects");
        if (seen.effect() == Effect.ANSWERED) {
            assertTrue(stored.has(seen.response().id()), "the acknowledged object");
        }
        return stored;
    }

    private static void updated(Fixture fixture, Seen seen, int againWhenDone) {
        assertUpdated(fixture, seen);
        seen.again(fixture).mustBe(seen.effect().done() ? againWhenDone : 200);
    }

    private static void assertUpdated(Fixture fixture, Seen seen) {
        StoredState stored = fixture.stored();
        assertEquals(seen.effect().done() ? 2 : 1, stored.version(fixture.target()), "version");
        assertEquals(seen.effect().done() ? "changed" : "segment 1", stored.name(fixture.target()));
        if (seen.effect() == Effect.ANSWERED) {
            seen.response().mustBe(200);
            assertEquals("\"2\"", seen.response().etag());
            assertEquals("changed", text(seen.response().json(), "market_segment"));
        }
    }

    private static void updatedOnce(Fixture fixture, Seen seen) {
        assertUpdated(fixture, seen);
        assertRecorded(fixture, seen);
        assertRepeated(fixture, seen, 200);
        assertEquals(2, fixture.stored().version(fixture.target()), "one change, however often it was asked for");
    }

    private static ApiResponse updateWithKey(ApiClient client, String id) {
        return client.patch(id, Json.named("changed"))
                .header("Idempotency-Key", "k")
                .send();
    }

    private static ApiResponse deleteWithKey(ApiClient client, String id) {
        return client.onObject("DELETE", id).header("Idempotency-Key", "k").send();
    }

    private static void replayed(Seen seen) {
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals("true", seen.response().mustBe(200).header("Idempotent-Replayed"));
        }
    }

    private static void recordedOnly(Fixture fixture, Seen seen) {
        assertRecorded(fixture, seen);
        assertRepeated(fixture, seen, 200);
        assertEquals(1, fixture.stored().version(fixture.target()), "nothing was to be changed");
    }

    private static void assertRecorded(Fixture fixture, Seen seen) {
        assertEquals(
                seen.effect().done() ? List.of(fixture.target()) : List.of(),
                fixture.stored().records(),
                "the record is there if it was done");
    }

    private static void deletedOnce(Fixture fixture, Seen seen) {
        StoredState stored = fixture.stored();
        boolean done = seen.effect().done();
        assertEquals(!done, stored.has(fixture.target()));
        assertEquals(done ? List.of(fixture.target()) : List.of(), stored.deletionRecords());
        assertRepeated(fixture, seen, 200);
        assertFalse(fixture.stored().has(fixture.target()));
    }

    private static void deleted(Fixture fixture, Seen seen) {
        StoredState stored = fixture.stored();
        assertEquals(!seen.effect().done(), stored.has(fixture.target()));
        assertEquals(OBJECTS - (seen.effect().done() ? 1 : 0), stored.objects().size());
        if (seen.effect() == Effect.ANSWERED) {
            seen.response().mustBe(200);
            assertTrue(seen.response().json().path("deleted").asBoolean());
        }
        DELETE.response(fixture).mustBe(seen.effect().done() ? 404 : 200);
    }

    private static void unchanged(Fixture fixture, Seen seen) {
        assertEquals(Shared.STORED, fixture.stored());
        if (seen.effect() == Effect.ANSWERED) {
            switch (seen.outcome()) {
                case ApiResponse response -> response.mustBe(200);
                case Invocation invocation -> invocation.result();
            }
        }
    }

    private static void issued(Fixture fixture, Seen seen) {
        assertEquals(seen.effect().done() ? 2 : 1, keys(fixture).size(), "keys");
        if (seen.effect() == Effect.ANSWERED) {
            var allowed = Fixture.direct()
                    .authorize(text(seen.outcome().json(), "secret"))
                    .result();
            assertEquals(
                    fixture.account(), text(allowed.path("context"), "account"), "the secret that was shown opens");
        }
    }

    private static void authorized(Fixture fixture, Seen seen) {
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(
                    fixture.account(),
                    text(((Invocation) seen.outcome()).result().path("context"), "account"));
        }
    }

    private static void rotated(Fixture fixture, Seen seen) {
        boolean done = seen.effect().done();
        JsonNode keys = keys(fixture);
        assertEquals(done ? 2 : 1, keys.size(), "keys");
        JsonNode predecessor = keys.get(done ? 1 : 0);
        assertEquals(done ? text(keys.get(0), "id") : "null", text(predecessor, "successor"));
        assertEquals(done, predecessor.path("expires_at").isTextual());
        if (seen.effect() == Effect.ANSWERED) {
            String secret = text(((Invocation) seen.outcome()).result().path("successor"), "secret");
            JsonNode context = Fixture.direct().authorize(secret).result().path("context");
            assertEquals(fixture.account(), text(context, "account"), "the secret that was shown opens");
        }
        assertEquals(!done, ROTATE_KEY.request(fixture).isSuccess());
    }

    private static void revoked(Fixture fixture, Seen seen) {
        JsonNode key = StreamSupport.stream(keys(fixture).spliterator(), false)
                .filter(listed -> listed.path("id").equals(fixture.key().path("id")))
                .findFirst()
                .orElseThrow();
        assertEquals(seen.effect().done(), key.path("revoked_at").isTextual());
        assertTrue(REVOKE_KEY.request(fixture).isSuccess());
    }

    private static JsonNode keys(Fixture fixture) {
        return Fixture.direct().keys().list(fixture.account()).path("data");
    }

    /// The fixture, with a key whose use has been recorded.
    private static Fixture inUse(Fixture fixture) {
        Fixture.direct().authorize(text(fixture.key(), "secret")).result();
        return fixture;
    }

    /// Lets the functions know the account's first page, and then fills it with objects that have been deleted,
    /// so that the next one turns the page.
    private static Fixture fullPage(Fixture fixture) {
        var first = fixture.client().onCollection("POST", "").send().mustBe(201);
        fixture.client().delete(first.id()).mustBe(200);
        fixture.proxy().forget();
        int deleted = PAGE - OBJECTS;
        SegmentItems.putCounter(fixture.account(), "#", Map.of("c", PAGE));
        SegmentItems.putCounter(fixture.account(), "#p000", Map.of("n", deleted, "0", deleted));
        return fixture;
    }
}
