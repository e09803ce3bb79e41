package dev.overplane.crm.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class ChangeEventsTest {

    private static TestStack stack;

    @BeforeAll
    static void start() {
        stack = TestStack.startSeparately();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void each_change_makes_one_event_in_their_order() {
        var client = client("acct_order", false);
        var created = client.create("{\"market_segment\":\"A\"}").json();
        var id = created.get("id").textValue();
        var renamed = client.update(id, "{\"market_segment\":\"B\"}").json();
        var cleared = client.update(id, "{\"market_segment\":null}").json();
        client.update(id, "{}").mustBe(200);
        client.update(id, "{\"market_segment\":null}").mustBe(200);
        client.delete(id).mustBe(200);

        var events = Bus.of(stack).await("acct_order", 4);
        assertEquals(
                List.of(
                        "market_segment.created",
                        "market_segment.updated",
                        "market_segment.updated",
                        "market_segment.deleted"),
                events.stream().map(event -> event.get("type").textValue()).toList());
        assertEquals(created, events.get(0).at("/data/object"));
        assertTrue(events.get(0).at("/data/previous_attributes").isMissingNode());
        assertEquals(renamed, events.get(1).at("/data/object"));
        assertEquals(previous(created, renamed), events.get(1).at("/data/previous_attributes"));
        assertEquals(cleared, events.get(2).at("/data/object"));
        assertEquals(previous(renamed, cleared), events.get(2).at("/data/previous_attributes"));
        assertEquals(id, events.get(3).at("/data/object/id").textValue());
        assertTrue(events.get(3).at("/data/previous_attributes").isMissingNode());
        for (var event : events) {
            assertEquals(
                    List.of("id", "type", "created_at", "account", "livemode", "request", "data"), Json.order(event));
            assertTrue(event.get("id").textValue().matches("evt_[0-9a-z]{26}"), event::toString);
            assertTrue(
                    event.get("created_at").textValue().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"),
                    event::toString);
            var updatedAt = event.at("/data/object/updated_at").textValue();
            assertTrue(event.get("created_at").textValue().compareTo(updatedAt) >= 0, event::toString);
        }
        assertEquals(4, events.stream().map(event -> event.get("id")).distinct().count());
    }

    /// The members of the object that an update has changed, as they were.
    private static JsonNode previous(JsonNode before, JsonNode after) {
        ObjectNode previous = before.deepCopy();
        after.properties().forEach(member -> {
            if (member.getValue().equals(before.get(member.getKey()))) {
                previous.remove(member.getKey());
            }
        });
        return previous;
    }

    @Test
    void an_event_names_the_request_that_made_the_change() {
        var client = client("acct_request", false);
        var created = client.create();
        var renamed = client.update(created.id(), Json.named("A")).mustBe(200);
        var renamedOnce = client.onObject("PATCH", created.id())
                .header("Idempotency-Key", "once")
                .body(Json.named("B"))
                .send()
                .mustBe(200);
        var deleted = client.delete(created.id()).mustBe(200);
        var other = client.create();
        var deletedOnce = client.onObject("DELETE", other.id())
                .header("Idempotency-Key", "twice")
                .send()
                .mustBe(200);

        var events = Bus.of(stack).await("acct_request", 6);
        assertEquals(requestIds(created, renamed, renamedOnce, deleted), requestIds(events, created.id()));
        assertEquals(requestIds(other, deletedOnce), requestIds(events, other.id()));
    }

    private static List<String> requestIds(List<JsonNode> events, String object) {
        return events.stream()
                .filter(event -> event.at("/data/object/id").textValue().equals(object))
                .map(event -> event.at("/request/id").textValue())
                .toList();
    }

    private static List<String> requestIds(ApiResponse... responses) {
        return Stream.of(responses)
                .map(response -> response.header("Request-Id"))
                .toList();
    }

    @Test
    void test_and_live_are_told_apart() {
        client("acct_modes", false).create();
        client("acct_modes", true).create();
        var events = Bus.of(stack).await("acct_modes", 2);
        assertEquals(
                List.of(false, true),
                events.stream()
                        .map(event -> event.get("livemode").booleanValue())
                        .sorted()
                        .toList());
    }

    @Test
    void a_replayed_create_makes_no_second_event() {
        var client = client("acct_replay", false);
        IntFunction<String> create = _ -> client.post("{}")
                .header("Idempotency-Key", "once")
                .send()
                .mustBe(201)
                .id();
        var id = create.apply(1);
        assertEquals(id, create.apply(2));
        client.delete(id).mustBe(200);
        assertEquals(
                List.of("market_segment.created", "market_segment.deleted"),
                Bus.of(stack).await("acct_replay", 2).stream()
                        .map(event -> event.get("type").textValue())
                        .toList());
    }

    @Test
    void many_objects_that_change_at_once_keep_their_order_each() {
        var client = client("acct_crowd", false);
        Concurrently.run(6, _ -> {
            var id = client.create("{\"market_segment\":\"0\"}").id();
            for (int i = 1; i <= 4; i++) {
                client.update(id, Json.named(Integer.toString(i))).mustBe(200);
            }
            return client.delete(id).mustBe(200);
        });
        var byObject = new HashMap<String, List<String>>();
        for (var event : Bus.of(stack).await("acct_crowd", 36)) {
            byObject.computeIfAbsent(event.at("/data/object/id").textValue(), _ -> new ArrayList<>())
                    .add(event.get("type").textValue().charAt("market_segment.".length())
                            + event.at("/data/object/market_segment").textValue());
        }
        assertEquals(6, byObject.size());
        byObject.values().forEach(changes -> assertEquals(List.of("c0", "u1", "u2", "u3", "u4", "d4"), changes));
    }

    @Test
    void an_item_that_is_no_segment_goes_to_the_failure_queue_and_holds_up_no_other() {
        var client = client("acct_poison", false);
        var first = client.create().id();
        var tables = TestTables.on(stack.dynamoDb());
        var damaged = first.substring(0, first.length() - 1) + "u";
        tables.client()
                .putItem(put -> put.tableName(tables.name("SEGMENTS_TABLE"))
                        .item(Map.of(
                                "tenant", AttributeValue.fromS("acct_poison/test"),
                                "id", AttributeValue.fromS(damaged))));
        var second = client.create().id();

        var events = Bus.of(stack).await("acct_poison", 2);
        assertEquals(
                List.of(first, second),
                events.stream()
                        .map(event -> event.at("/data/object/id").textValue())
                        .toList());
        var failures = Bus.of(stack).awaitFailures(1);
        assertEquals(1, failures.size());
        assertEquals(
                "RetryAttemptsExhausted",
                failures.getFirst().at("/requestContext/condition").textValue());
        assertEquals(1, failures.getFirst().at("/DDBStreamBatchInfo/batchSize").intValue());
        // None of the others has been published again for its sake.
        assertEquals(2, Bus.of(stack).events("acct_poison").size());
    }

    @Test
    void the_same_batch_again_has_the_same_ids() {
        Function<Integer, List<JsonNode>> deliver = number -> {
            var response = stack.lambda()
                    .invoke("PublishChangesFunction", StreamEvents.threeChanges("acct_again"))
                    .result();
            assertEquals("[]", response.path("batchItemFailures").toString());
            return Bus.of(stack).await("acct_again", 3 * number);
        };
        var once = deliver.apply(1);
        var twice = deliver.apply(2);
        assertFalse(once.isEmpty());
        assertEquals(once, twice.subList(0, 3));
        assertEquals(once, twice.subList(3, 6));
    }

    private static ApiClient client(String account, boolean livemode) {
        return stack.client(stack.keys().issue(account, livemode, "read_write"));
    }
}
