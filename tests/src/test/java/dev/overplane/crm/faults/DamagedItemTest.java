package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.FunctionClient.Request;
import dev.overplane.crm.testing.TestStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item that something else wrote, or spoiled, costs nobody more than that one object.
class DamagedItemTest {

    private static final int OBJECTS = 5;
    /// Far more steps than any listing here takes.
    private static final int ENDLESS = 50;

    private final Site site = Site.with(OBJECTS);

    @AfterEach
    void close() {
        site.close();
    }

    /// What is wrong with it, and what an update and a delete of it answer: an update that does not need what
    /// is spoiled mends it, and a delete never needs it.
    static Stream<Arguments> damages() {
        return Stream.of(
                damage("updated_at is missing", item -> item.remove("updated_at"), 500),
                damage("updated_at is a text", item -> item.put("updated_at", AttributeValue.fromS("yesterday")), 500),
                damage("updated_at is no time", item -> item.put("updated_at", AttributeValue.fromN("-1")), 200),
                damage("updated_at is a fraction", item -> item.put("updated_at", AttributeValue.fromN("1.5")), 200),
                damage(
                        "market_segment is a number",
                        item -> item.put("market_segment", AttributeValue.fromN("7")),
                        200),
                damage("market_segment is empty", item -> item.put("market_segment", AttributeValue.fromS("")), 200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedObjectIsA500OfItsOwnAndMissingFromListingsThatServeTheOthers(
            String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        damage(site.target(), damage);

        Answer answer = Site.direct().retrieve(site.request().id(site.target()));

        assertEquals(500, answer.status());
        assertEquals("internal_error", answer.code());
        assertServesTheOthers();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedObjectIsMendedByAnUpdateOrRefusesItAndCanBeDeleted(
            String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        damage(site.target(), damage);

        assertEquals(
                update,
                Site.direct()
                        .update(site.request().id(site.target()).body("{\"market_segment\":\"x\"}"))
                        .status());
        assertEquals(
                update, Site.direct().retrieve(site.request().id(site.target())).status());

        assertEquals(200, Site.direct().delete(site.request().id(site.target())).status());
        assertEquals(
                404, Site.direct().retrieve(site.request().id(site.target())).status());
        site.ground().assertSound();
    }

    @Test
    void anObjectWithoutAVersionIsListedAllTheSameSinceNoListingShowsIt() {
        damage(site.target(), item -> item.remove("version"));

        assertEquals(
                500, Site.direct().retrieve(site.request().id(site.target())).status());
        assertEquals(
                500,
                Site.direct()
                        .update(site.request().id(site.target()).body("{\"market_segment\":\"x\"}"))
                        .status());
        assertEquals(OBJECTS, walkByCursor(2).size());
        assertEquals(200, Site.direct().delete(site.request().id(site.target())).status());
    }

    /// It is not counted, so that offsets are off by one below it; pages by `starting_after` are exact.
    @Test
    void aForeignItemInTheIndexHidesNoneOfTheOthers() {
        damage(site.segments().get(3).id(), item -> item.put("id", AttributeValue.fromS("zebra")));

        assertEquals(404, Site.direct().retrieve(site.request().id("zebra")).status());
        for (int limit = 1; limit <= OBJECTS + 1; limit++) {
            assertEquals(newestFirst(), walkByCursor(limit), "limit " + limit);
            assertTrue(walkByOffset(limit).size() < ENDLESS);
        }
    }

    @Test
    void aForeignItemAmongTheCountersDoesNotCostTheListing() {
        put(Map.of("id", AttributeValue.fromS("#note"), "text", AttributeValue.fromS("do not touch")));

        assertEquals(newestFirst(), walkByCursor(2));
    }

    /// A client that goes on from the last object it got would ask for the same page for ever.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aPageOfNothingButDamagedObjectsIsNeverEmptyWhileMoreFollow(int limit) {
        for (Answer segment : site.segments().subList(1, 5)) {
            damage(segment.id(), item -> item.remove("updated_at"));
        }

        Answer page = Site.direct().list(site.request().query("limit", limit));
        Answer deeper = Site.direct().list(site.request().query("limit", limit).query("offset", 1));
        Answer after = Site.direct()
                .list(site.request()
                        .query("limit", limit)
                        .query("starting_after", site.segments().get(4).id()));

        for (Answer answer : List.of(page, deeper, after)) {
            assertEquals(List.of(site.segments().getFirst().id()), ids(answer));
            assertFalse(answer.body().path("has_more").asBoolean());
            assertEquals(OBJECTS, answer.body().path("total").asInt(), "they are there");
        }
    }

    private static Arguments damage(String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        return Arguments.of(what, damage, update);
    }

    private void assertServesTheOthers() {
        List<String> others =
                newestFirst().stream().filter(id -> !id.equals(site.target())).toList();
        for (int limit = 1; limit <= OBJECTS; limit++) {
            assertEquals(others, walkByCursor(limit), "by starting_after, limit " + limit);
            assertEquals(others, walkByOffset(limit).stream().distinct().toList(), "by offset, limit " + limit);
        }
    }

    private List<String> newestFirst() {
        return site.segments().reversed().stream().map(Answer::id).toList();
    }

    private List<String> walkByCursor(int limit) {
        var ids = new ArrayList<String>();
        Request first = site.request().query("limit", limit);
        Answer page = Site.direct().list(first);
        ids.addAll(ids(page));
        for (int step = 0; page.body().path("has_more").asBoolean() && step < ENDLESS; step++) {
            page = Site.direct().list(first.query("starting_after", ids.getLast()));
            ids.addAll(ids(page));
        }
        return ids;
    }

    private List<String> walkByOffset(int limit) {
        var ids = new ArrayList<String>();
        boolean more = true;
        for (int offset = 0; more && offset < ENDLESS; offset += limit) {
            Answer page =
                    Site.direct().list(site.request().query("limit", limit).query("offset", offset));
            ids.addAll(ids(page));
            more = page.body().path("has_more").asBoolean();
        }
        return ids;
    }

    private static List<String> ids(Answer page) {
        assertEquals(200, page.status());
        var ids = new ArrayList<String>();
        for (JsonNode segment : page.body().path("data")) {
            ids.add(segment.path("id").asText());
        }
        return ids;
    }

    private void damage(String id, Consumer<Map<String, AttributeValue>> damage) {
        var item = new HashMap<>(site.ground().objects().get(id));
        damage.accept(item);
        put(item);
    }

    private void put(Map<String, AttributeValue> item) {
        var whole = new HashMap<>(item);
        whole.put("tenant", AttributeValue.fromS(site.account() + "/test"));
        TestStore.client()
                .putItem(put -> put.tableName(TestStore.table("SEGMENTS_TABLE")).item(whole));
    }
}
