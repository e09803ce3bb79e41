package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.TestStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The rows of the table: every operation in every form that makes other calls, how often it calls DynamoDB,
/// and what must be found afterwards.
enum Operation {
    CREATE(
            List.of("GetItem", "TransactWriteItems"),
            site -> site.functions().create(site.request().body("{\"market_segment\":\"new\"}")),
            Operation::created),

    CREATE_WITH_KEY(
            List.of("GetItem", "TransactWriteItems"),
            site -> site.functions()
                    .create(site.request().header("Idempotency-Key", "k").body("{\"market_segment\":\"new\"}")),
            Operation::createdOnce),

    CREATE_AT_PAGE_TURN(
            List.of("TransactWriteItems", "TransactWriteItems"),
            site -> site.functions().create(site.request()),
            Operation::created) {
        @Override
        Site arrange() {
            return fullPage(super.arrange());
        }
    },

    CREATE_WITH_KEY_AT_PAGE_TURN(
            List.of("TransactWriteItems", "TransactWriteItems"),
            site -> site.functions().create(site.request().header("Idempotency-Key", "k")),
            Operation::createdOnce) {
        @Override
        Site arrange() {
            return fullPage(super.arrange());
        }
    },

    RETRIEVE(
            List.of("GetItem"),
            site -> site.functions().retrieve(site.request().id(site.target())),
            Operation::unchanged),

    LIST(List.of("Query", "Query by_created_at"), site -> site.functions().list(site.request()), Operation::unchanged),

    LIST_AT_OFFSET(
            List.of("Query", "Query by_created_at"),
            site -> site.functions().list(site.request().query("offset", 1).query("limit", 1)),
            Operation::unchanged),

    LIST_STARTING_AFTER(
            List.of("Query", "Query by_created_at"),
            site -> site.functions().list(site.request().query("starting_after", site.target())),
            Operation::unchanged),

    UPDATE(
            List.of("UpdateItem"),
            site -> site.functions().update(site.request().id(site.target()).body("{\"market_segment\":\"changed\"}")),
            (site, seen) -> updated(site, seen, 200)),

    UPDATE_IF_MATCH(
            List.of("UpdateItem"),
            site -> site.functions()
                    .update(site.request()
                            .id(site.target())
                            .header("If-Match", site.targetTag())
                            .body("{\"market_segment\":\"changed\"}")),
            (site, seen) -> updated(site, seen, 412)),

    UPDATE_OF_NOTHING(
            List.of("GetItem"),
            site -> site.functions().update(site.request().id(site.target()).body("{}")),
            Operation::unchanged),

    DELETE(
            List.of("TransactWriteItems"),
            site -> site.functions().delete(site.request().id(site.target())),
            Operation::deleted),

    DELETE_IF_MATCH(
            List.of("TransactWriteItems"),
            site -> site.functions().delete(site.request().id(site.target()).header("If-Match", site.targetTag())),
            Operation::deleted),

    AUTHORIZE(
            List.of("GetItem"),
            site -> site.functions().authorize(site.key().body().path("secret").asText()),
            Operation::unchanged),

    ISSUE_KEY(List.of("PutItem"), site -> site.functions().issueKey(site.account()), Operation::issued),

    REVOKE_KEY(
            List.of("UpdateItem"), site -> site.functions().revokeKey(site.key().id()), Operation::revoked),

    LIST_KEYS(List.of("Query by_account"), site -> site.functions().listKeys(site.account()), Operation::unchanged);

    /// What the reading operations share, for they must leave it as it is.
    private static final class Library {
        private static final Site SITE = Site.with(OBJECTS);
        private static final Ground GROUND = SITE.ground();
    }

    /// What was seen under a fault.
    record Seen(Answer answer, Effect effect) {}

    private static final int PAGE = 256;
    private static final int OBJECTS = 3;

    private final List<String> calls;
    private final Function<Site, Answer> request;
    private final BiConsumer<Site, Seen> check;

    Operation(List<String> calls, Function<Site, Answer> request, BiConsumer<Site, Seen> check) {
        this.calls = calls;
        this.request = request;
        this.check = check;
    }

    /// The calls that it makes, in alphabetical order, if nothing fails.
    List<String> calls() {
        return calls;
    }

    Site arrange() {
        return isRead() ? Library.SITE.anew() : Site.with(isHttp() ? OBJECTS : 0);
    }

    Answer request(Site site) {
        return request.apply(site);
    }

    /// Checks what is stored, and that the same request, sent once more by the client, gets the answer that the
    /// contract promises.
    void check(Site site, Seen seen) {
        check.accept(site, seen);
        if (isHttp() && !isRead()) {
            site.ground().assertSound();
        }
    }

    /// Whether API Gateway turns what it fails with into a response.
    boolean isHttp() {
        return ordinal() < AUTHORIZE.ordinal();
    }

    /// Checks that it told the client to come back.
    void assertUnavailable(Answer answer) {
        if (isHttp()) {
            assertEquals(503, answer.status());
            assertEquals("store_unavailable", answer.code());
            assertEquals("api_error", answer.body().path("error").path("type").asText());
            assertEquals("1", answer.headers().get("Retry-After"));
            assertTrue(answer.headers().containsKey("Request-Id"));
        } else {
            // API Gateway then answers 503 in place of an authorizer; who invokes a key function sees the
            // error.
            assertInstanceOf(StoreUnavailableException.class, answer.failure().orElse(null));
        }
    }

    /// Whether it did, or had done before, what was asked.
    boolean succeeds(Answer answer) {
        return switch (this) {
            // The attempts during the outage may have been heard.
            case UPDATE_IF_MATCH -> answer.status() == 200 || answer.status() == 412;
            case DELETE, DELETE_IF_MATCH -> answer.status() == 200 || answer.status() == 404;
            default -> answer.status() == 200 || answer.status() == 201;
        };
    }

    private boolean isRead() {
        return switch (this) {
            case RETRIEVE, LIST, LIST_AT_OFFSET, LIST_STARTING_AFTER, UPDATE_OF_NOTHING, AUTHORIZE, LIST_KEYS -> true;
            default -> false;
        };
    }

    private static void created(Site site, Seen seen) {
        Ground ground = assertCreated(site, seen);
        assertEquals(List.of(), ground.records(), "a create without a key writes no record");
        if (seen.effect() != Effect.ANSWERED) {
            assertEquals(201, CREATE.request(site).status());
        }
    }

    private static void createdOnce(Site site, Seen seen) {
        Ground ground = assertCreated(site, seen);
        assertEquals(seen.effect().done() ? 1 : 0, ground.records().size(), "the record is there if the object is");
        Answer again = CREATE_WITH_KEY.request(site);
        if (again.status() == 422) {
            again = CREATE_WITH_KEY_AT_PAGE_TURN.request(site);
        }
        assertEquals(201, again.status());
        assertEquals(
                seen.effect().done(), again.headers().containsKey("Idempotent-Replayed"), "replayed if it was done");
        assertEquals(OBJECTS + 1, site.ground().objects().size(), "one object, however often it was asked for");
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(seen.answer().body(), again.body());
        }
    }

    private static Ground assertCreated(Site site, Seen seen) {
        Ground ground = site.ground();
        assertEquals(OBJECTS + (seen.effect().done() ? 1 : 0), ground.objects().size(), "objects");
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(201, seen.answer().status());
            assertFalse(seen.answer().headers().containsKey("Idempotent-Replayed"), "its own attempt is no replay");
            assertTrue(ground.has(seen.answer().id()), "the acknowledged object");
        }
        return ground;
    }

    private static void updated(Site site, Seen seen, int againWhenDone) {
        Ground ground = site.ground();
        assertEquals(seen.effect().done() ? 2 : 1, ground.version(site.target()), "version");
        assertEquals(seen.effect().done() ? "changed" : "segment 1", ground.name(site.target()));
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(200, seen.answer().status());
            assertEquals("\"2\"", seen.answer().headers().get("ETag"));
            assertEquals("changed", seen.answer().body().path("market_segment").asText());
        }
        Answer again = (againWhenDone == 412 ? UPDATE_IF_MATCH : UPDATE).request(site);
        assertEquals(seen.effect().done() ? againWhenDone : 200, again.status());
    }

    private static void deleted(Site site, Seen seen) {
        Ground ground = site.ground();
        assertEquals(!seen.effect().done(), ground.has(site.target()));
        assertEquals(OBJECTS - (seen.effect().done() ? 1 : 0), ground.objects().size());
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(200, seen.answer().status());
            assertTrue(seen.answer().body().path("deleted").asBoolean());
        }
        assertEquals(seen.effect().done() ? 404 : 200, DELETE.request(site).status());
    }

    private static void unchanged(Site site, Seen seen) {
        assertEquals(Library.GROUND, site.ground());
        if (seen.effect() == Effect.ANSWERED) {
            assertEquals(200, seen.answer().status());
        }
    }

    private static void issued(Site site, Seen seen) {
        var keys = Site.direct().listKeys(site.account()).body().path("data");
        assertEquals(seen.effect().done() ? 2 : 1, keys.size(), "keys");
        if (seen.effect() == Effect.ANSWERED) {
            Answer allowed =
                    Site.direct().authorize(seen.answer().body().path("secret").asText());
            assertEquals(
                    site.account(),
                    allowed.body().path("context").path("account").asText(),
                    "the secret that was shown opens");
        }
    }

    private static void revoked(Site site, Seen seen) {
        JsonNode key = StreamSupport.stream(
                        Site.direct()
                                .listKeys(site.account())
                                .body()
                                .path("data")
                                .spliterator(),
                        false)
                .filter(listed -> listed.path("id").asText().equals(site.key().id()))
                .findFirst()
                .orElseThrow();
        assertEquals(seen.effect().done(), key.path("revoked_at").isTextual());
        assertEquals(200, REVOKE_KEY.request(site).status());
    }

    /// Lets the functions know the account's first page, and then fills it with objects that have been deleted,
    /// so that the next one turns the page.
    private static Site fullPage(Site site) {
        Answer first = site.functions().create(site.request());
        site.functions().delete(site.request().id(first.id()));
        site.proxy().forget();
        int deleted = PAGE - OBJECTS;
        put(site, "#", Map.of("c", PAGE));
        put(site, "#p000", Map.of("n", deleted, "0", deleted));
        return site;
    }

    private static void put(Site site, String id, Map<String, Integer> numbers) {
        var item = new HashMap<String, AttributeValue>();
        item.put("tenant", AttributeValue.fromS(site.account() + "/test"));
        item.put("id", AttributeValue.fromS(id));
        numbers.forEach((name, number) -> item.put(name, AttributeValue.fromN(number.toString())));
        TestStore.client()
                .putItem(put -> put.tableName(TestStore.table("SEGMENTS_TABLE")).item(item));
    }
}
