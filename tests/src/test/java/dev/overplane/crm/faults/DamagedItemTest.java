package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
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

    private final Fixture fixture = Fixture.with(OBJECTS);

    @AfterEach
    void close() {
        fixture.close();
    }

    /// What is wrong with it, and the status of an update of it: an update that does not need what is spoiled
    /// repairs it. A delete never needs it.
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
    void a_damaged_object_is_a_500_of_its_own_and_missing_from_listings_that_serve_the_others(
            String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        damage(fixture.target(), damage);

        ApiResponse response = fixture.directClient().retrieve(fixture.target());

        response.mustBe(ApiError.internalError());
        assertServesTheOthers();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void a_damaged_object_is_repaired_by_an_update_or_refuses_it_and_can_be_deleted(
            String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        damage(fixture.target(), damage);

        fixture.directClient().update(fixture.target(), Json.named("x")).mustBe(update);
        fixture.directClient().retrieve(fixture.target()).mustBe(update);

        fixture.directClient().delete(fixture.target()).mustBe(200);
        fixture.directClient().retrieve(fixture.target()).mustBe(404);
        fixture.stored().assertSound();
    }

    @Test
    void an_object_without_a_version_is_listed_all_the_same_since_no_listing_shows_it() {
        damage(fixture.target(), item -> item.remove("version"));

        fixture.directClient().retrieve(fixture.target()).mustBe(500);
        fixture.directClient().update(fixture.target(), Json.named("x")).mustBe(500);
        assertEquals(OBJECTS, walkByCursor(2).size());
        fixture.directClient().delete(fixture.target()).mustBe(200);
    }

    /// It is not counted, so that offsets are off by one below it; pages by `starting_after` are exact.
    @Test
    void a_foreign_item_in_the_index_hides_none_of_the_others() {
        damage(fixture.segments().get(3).id(), item -> item.put("id", AttributeValue.fromS("zebra")));

        fixture.directClient().retrieve("zebra").mustBe(404);
        for (int limit = 1; limit <= OBJECTS + 1; limit++) {
            assertEquals(newestFirst(), walkByCursor(limit), "limit " + limit);
            assertTrue(walkByOffset(limit).size() < ENDLESS);
        }
    }

    @Test
    void a_foreign_item_among_the_counters_does_not_cost_the_listing() {
        put(Map.of("id", AttributeValue.fromS("#note"), "text", AttributeValue.fromS("do not touch")));

        assertEquals(newestFirst(), walkByCursor(2));
    }

    /// A client that goes on from the last object it got would ask for the same page for ever.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_page_of_nothing_but_damaged_objects_is_never_empty_while_more_follow(int limit) {
        for (ApiResponse segment : fixture.segments().subList(1, 5)) {
            damage(segment.id(), item -> item.remove("updated_at"));
        }

        ApiResponse page = fixture.directClient().list("?limit=" + limit);
        ApiResponse deeper = fixture.directClient().list("?offset=1&limit=" + limit);
        ApiResponse after = fixture.directClient()
                .list("?limit=" + limit + "&starting_after="
                        + fixture.segments().get(4).id());

        for (ApiResponse response : List.of(page, deeper, after)) {
            assertEquals(List.of(fixture.segments().getFirst().id()), ids(response));
            assertFalse(response.json().path("has_more").asBoolean());
            assertEquals(OBJECTS, response.json().path("total").asInt(), "they are there");
        }
    }

    private static Arguments damage(String what, Consumer<Map<String, AttributeValue>> damage, int update) {
        return Arguments.of(what, damage, update);
    }

    private void assertServesTheOthers() {
        List<String> others = newestFirst().stream()
                .filter(id -> !id.equals(fixture.target()))
                .toList();
        for (int limit = 1; limit <= OBJECTS; limit++) {
            assertEquals(others, walkByCursor(limit), "by starting_after, limit " + limit);
            assertEquals(others, walkByOffset(limit).stream().distinct().toList(), "by offset, limit " + limit);
        }
    }

    private List<String> newestFirst() {
        return fixture.segments().reversed().stream().map(ApiResponse::id).toList();
    }

    private List<String> walkByCursor(int limit) {
        var ids = new ArrayList<String>();
        ApiResponse page = fixture.directClient().list("?limit=" + limit);
        ids.addAll(ids(page));
        for (int step = 0; page.json().path("has_more").asBoolean() && step < ENDLESS; step++) {
            page = fixture.directClient().list("?limit=" + limit + "&starting_after=" + ids.getLast());
            ids.addAll(ids(page));
        }
        return ids;
    }

    private List<String> walkByOffset(int limit) {
        var ids = new ArrayList<String>();
        boolean more = true;
        for (int offset = 0; more && offset < ENDLESS; offset += limit) {
            ApiResponse page = fixture.directClient().list("?limit=" + limit + "&offset=" + offset);
            ids.addAll(ids(page));
            more = page.json().path("has_more").asBoolean();
        }
        return ids;
    }

    private static List<String> ids(ApiResponse page) {
        assertEquals(200, page.status());
        var ids = new ArrayList<String>();
        for (JsonNode segment : page.json().path("data")) {
            ids.add(segment.path("id").asText());
        }
        return ids;
    }

    private void damage(String id, Consumer<Map<String, AttributeValue>> damage) {
        var item = new HashMap<>(fixture.stored().objects().get(id));
        damage.accept(item);
        put(item);
    }

    private void put(Map<String, AttributeValue> item) {
        var whole = new HashMap<>(item);
        whole.put("tenant", AttributeValue.fromS(fixture.account() + "/test"));
        SegmentItems.put(whole);
    }
}
