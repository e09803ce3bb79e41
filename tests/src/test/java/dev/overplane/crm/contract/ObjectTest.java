package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("The object")
class ObjectTest {

    private static final List<String> MEMBERS = List.of("id", "created_at", "updated_at", "market_segment");

    private final Api api;

    ObjectTest(Api api) {
        this.api = api;
    }

    @Test
    void has_exactly_four_members_in_the_order_of_the_reference_in_every_answer() {
        var created = api.client().create(Json.named("Retail"));
        var id = created.id();
        assertMembers(created.json());
        assertMembers(api.client().retrieve(id).mustBe(200).json());
        assertMembers(
                api.client().update(id, Json.named("Wholesale")).mustBe(200).json());
        assertMembers(
                api.client().list("?limit=1").mustBe(200).json().get("data").get(0));
    }

    private static void assertMembers(JsonNode object) {
        assertEquals(MEMBERS, Json.order(object));
    }

    @Test
    void shows_a_market_segment_that_was_never_set_as_null() {
        var created = api.client().create();
        assertTrue(created.json().get("market_segment").isNull(), created::text);
        assertTrue(
                api.client().retrieve(created.id()).json().get("market_segment").isNull());
    }

    @Test
    void has_an_id_of_its_own() {
        var ids =
                IntStream.range(0, 50).mapToObj(_ -> api.client().create().id()).toList();
        ids.forEach(id -> assertTrue(id.matches("market-segment_[0-9a-z]+"), id));
        assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
    }

    @Test
    void was_created_now_and_not_yet_updated() {
        var before = Instant.now();
        var segment = api.client().create().segment();
        var after = Instant.now();
        // The clocks of two machines, and the fraction of a second that is not shown.
        var slack = api.isLocal() ? Duration.ofSeconds(1) : Duration.ofMinutes(2);
        assertTrue(segment.createdAt().isAfter(before.minus(slack)), segment::toString);
        assertTrue(segment.createdAt().isBefore(after.plus(slack)), segment::toString);
        assertEquals(segment.createdAt(), segment.updatedAt());
    }

    @Test
    void states_times_in_whole_seconds_of_UTC() {
        var json = api.client().create().json();
        for (var member : List.of("created_at", "updated_at")) {
            var text = json.get(member).textValue();
            assertTrue(text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), text);
        }
    }
}
