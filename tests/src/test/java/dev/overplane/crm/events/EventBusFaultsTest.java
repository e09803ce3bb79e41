package dev.overplane.crm.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.function.PublishChangesFunction;
import dev.overplane.crm.testing.TestContext;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The function and a bus that fails. Records are delivered again as its response says, as Lambda does.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class EventBusFaultsTest {

    private static final String ACCOUNT = "acct_1";
    private static final PojoSerializer<DynamodbEvent> EVENTS =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, EventBusFaultsTest.class.getClassLoader());

    private final TestBus bus = new TestBus();

    @AfterEach
    void close() {
        bus.close();
    }

    @ParameterizedTest
    @EnumSource
    void two_calls_that_fail_lose_nothing_and_keep_the_order(TestBus.Answer answer) {
        bus.answering(call -> call == 2 || call == 3 ? answer : TestBus.Answer.TAKES);
        var records = StreamEvents.changes(ACCOUNT, 4, 5);
        assertEquals(List.of(), publish(records, 15_000));
        assertEveryChangeInOrder(4, 5);
        var entry = bus.calls().getFirst().path("Entries").get(0);
        assertEquals("market-segment-local-EventBus", entry.path("EventBusName").asText());
        assertEquals("dev.overplane.crm", entry.path("Source").asText());
        assertEquals("market_segment.created", entry.path("DetailType").asText());
        assertEquals(1705311000, entry.path("Time").asLong());
    }

    @Test
    void entries_that_fail_one_by_one_lose_nothing_and_keep_the_order() {
        bus.refusing((call, detail) -> (call + detail.toString().hashCode()) % 3 == 0);
        assertEquals(List.of(), publish(StreamEvents.changes(ACCOUNT, 12, 4), 15_000));
        assertEveryChangeInOrder(12, 4);
        assertEquals(48, bus.taken().size());
    }

    @Test
    void a_call_has_ten_entries_at_most_and_one_of_each_object() {
        publish(StreamEvents.changes(ACCOUNT, 12, 3), 15_000);
        for (var call : bus.calls()) {
            var objects = new ArrayList<String>();
            call.path("Entries")
                    .forEach(entry -> objects.add(Json.read(entry.path("Detail").textValue())
                            .at("/data/object/id")
                            .textValue()));
            assertTrue(objects.size() <= 10, objects::toString);
            assertEquals(objects.size(), new LinkedHashSet<>(objects).size(), objects::toString);
        }
    }

    @Test
    void what_the_bus_never_takes_is_reported_with_all_that_follows_of_its_object() {
        bus.refusing((_, detail) -> detail.at("/data/object/id").textValue().equals(StreamEvents.id(1))
                && detail.path("type").textValue().equals("market_segment.updated"));
        // Objects 0, 1, 2 in turn: created, updated, deleted.
        assertEquals(List.of("1004", "1007"), publish(StreamEvents.changes(ACCOUNT, 3, 3), 6_000));
        assertEquals(7, bus.taken().size());
    }

    @Test
    void a_bus_that_is_away_has_everything_reported_and_everything_comes_with_the_next_delivery() {
        bus.answering(_ -> TestBus.Answer.FAILS);
        var records = StreamEvents.changes(ACCOUNT, 2, 2);
        assertEquals(List.of("1000", "1001", "1002", "1003"), publish(records, 6_000));
        bus.answering(_ -> TestBus.Answer.TAKES);
        assertEquals(List.of(), publish(records, 15_000));
        assertEveryChangeInOrder(2, 2);
    }

    @Test
    void a_record_that_cannot_be_understood_ends_the_batch_before_it() {
        var records = new ArrayList<ObjectNode>(StreamEvents.changes(ACCOUNT, 2, 2));
        records.add(2, StreamEvents.damaged(ACCOUNT, 99));
        assertEquals(List.of("1099", "1002", "1003"), publish(records, 15_000));
        assertEquals(2, bus.taken().size());
        assertThrows(RuntimeException.class, () -> publish(records.subList(2, 5), 15_000));
        assertEquals(2, bus.taken().size());
        assertEquals(List.of(), publish(records.subList(3, 5), 15_000));
        assertEveryChangeInOrder(2, 2);
        assertEquals(4, bus.taken().size());
    }

    @Test
    void a_batch_without_a_change_that_clients_see_needs_no_bus() {
        bus.answering(_ -> TestBus.Answer.FAILS);
        assertEquals(List.of(), publish(List.of(), 15_000));
        assertEquals(List.of(), bus.calls());
    }

    /// Delivers records once.
    ///
    /// @return the sequence numbers that the function reports
    private List<String> publish(List<ObjectNode> records, int remainingMillis) {
        var function = new PublishChangesFunction(environment());
        StreamsEventResponse response = function.handleRequest(
                EVENTS.fromJson(StreamEvents.event(records).toString()), new TestContext(remainingMillis));
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(TestTables.environment(bus.url()));
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", bus.url().toString());
        return environment;
    }

    /// Of each object every change is there, first times in order. A duplicate has the id of its first time.
    private void assertEveryChangeInOrder(int objects, int changes) {
        for (int object = 0; object < objects; object++) {
            String id = StreamEvents.id(object);
            var events = bus.taken().stream()
                    .filter(event -> event.at("/data/object/id").textValue().equals(id))
                    .toList();
            var ids = new LinkedHashSet<>(
                    events.stream().map(event -> event.get("id")).toList());
            assertEquals(changes, ids.size(), id);
            assertEquals(
                    expected(changes),
                    ids.stream()
                            .map(event -> events.stream()
                                    .filter(candidate -> candidate.get("id").equals(event))
                                    .findFirst()
                                    .orElseThrow())
                            .map(EventBusFaultsTest::change)
                            .toList());
        }
    }

    private static List<String> expected(int changes) {
        return IntStream.rangeClosed(1, changes)
                .mapToObj(version -> version == 1
                        ? "market_segment.created version 1"
                        : version == changes
                                ? "market_segment.deleted version " + (version - 1)
                                : "market_segment.updated version " + version)
                .toList();
    }

    private static String change(JsonNode event) {
        return event.get("type").textValue() + " "
                + event.at("/data/object/market_segment").textValue();
    }
}
