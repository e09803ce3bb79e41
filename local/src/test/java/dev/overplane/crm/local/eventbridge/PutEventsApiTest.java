package dev.overplane.crm.local.eventbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.http.TestClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PutEventsApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Clock NOON = Clock.fixed(Instant.parse("2024-01-15T12:00:00.5Z"), ZoneOffset.UTC);

    private final EventBus bus = new EventBus("changes");
    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.start(
                "EVENTBRIDGE_PORT",
                0,
                new PutEventsApi(bus, "123456789012", "eu-central-1", NOON),
                AwsJson::rejectMalformed);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_entry_becomes_the_event_that_subscribers_get() throws Exception {
        var result = put("[" + entry("changes", "{\\\"a\\\":1}") + "]");
        assertEquals(0, result.path("FailedEntryCount").asInt());
        var event = bus.events().getFirst();
        assertEquals(result.at("/Entries/0/EventId").asText(), event.path("id").asText());
        event.remove("id");
        assertEquals(JSON.readTree("""
                        {"version":"0","detail-type":"t","source":"s","account":"123456789012",
                         "time":"2024-01-15T12:00:00Z","region":"eu-central-1","resources":[],"detail":{"a":1}}"""), event);
    }

    @Test
    void an_entry_may_have_a_time_and_the_arn_of_the_bus() throws Exception {
        put("["
                + entry("arn:aws:events:eu-central-1:123456789012:event-bus/changes", "{}")
                        .replace("{\"EventBusName", "{\"Time\":1705311000,\"EventBusName")
                + "]");
        assertEquals(
                "2024-01-15T09:30:00Z", bus.events().getFirst().path("time").asText());
    }

    @Test
    void entries_fail_one_by_one() throws Exception {
        var result = put("[" + entry("changes", "{}") + "," + entry("changes", "no") + "," + entry("changes", "") + ","
                + entry("changes", "[]") + "]");
        assertEquals(3, result.path("FailedEntryCount").asInt());
        assertTrue(result.at("/Entries/0/EventId").isTextual());
        assertEquals("MalformedDetail", result.at("/Entries/1/ErrorCode").asText());
        assertEquals("InvalidArgument", result.at("/Entries/2/ErrorCode").asText());
        assertEquals("MalformedDetail", result.at("/Entries/3/ErrorCode").asText());
        assertEquals(1, bus.events().size());
    }

    @Test
    void nobody_gets_what_is_for_another_bus() throws Exception {
        assertEquals(
                0,
                put("[" + entry("other", "{}") + "]").path("FailedEntryCount").asInt());
        assertEquals(0, bus.events().size());
    }

    @Test
    void the_newest_of_the_last_thousand_events_comes_first() throws Exception {
        for (int i = 0; i < 101; i++) {
            int call = i;
            put(IntStream.range(0, 10)
                    .mapToObj(entry -> entry("changes", "{\\\"n\\\":" + (call * 10 + entry) + "}"))
                    .collect(Collectors.joining(",", "[", "]")));
        }
        var events = bus.events();
        assertEquals(1000, events.size());
        assertEquals(1009, events.getFirst().at("/detail/n").asInt());
        assertEquals(10, events.getLast().at("/detail/n").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no entries  | {"Entries":[]} | ValidationException
            no list     | {}             | SerializationException
            no JSON     | {              | SerializationException
            """)
    void a_call_that_is_not_valid_is_an_error(String name, String body, String type) throws Exception {
        var response = call(body);
        assertEquals(400, response.statusCode());
        assertEquals(type, JSON.readTree(response.body()).path("__type").asText());
    }

    @Test
    void a_call_has_ten_entries_at_most() throws Exception {
        var response = call("{\"Entries\":["
                + IntStream.range(0, 11).mapToObj(_ -> entry("changes", "{}")).collect(Collectors.joining(",")) + "]}");
        assertEquals(400, response.statusCode());
        assertEquals(0, bus.events().size());
    }

    @Test
    void a_call_has_256_kilobytes_at_most() throws Exception {
        var frame = "{\\\"x\\\":\\\"\\\"}".replace("\\", "").length() + "st".length();
        assertEquals(
                200, call("{\"Entries\":[" + large(256 * 1024 - frame) + "]}").statusCode());
        assertEquals(
                400,
                call("{\"Entries\":[" + large(256 * 1024 - frame + 1) + "]}").statusCode());
        assertEquals(1, bus.events().size());
    }

    @Test
    void no_other_operation_is_known() throws Exception {
        var response = new TestClient(server.url()).send("POST", "/", "{}", "X-Amz-Target", "AWSEvents.ListRules");
        assertEquals(400, response.statusCode());
        assertEquals(
                "UnknownOperationException",
                JSON.readTree(response.body()).path("__type").asText());
    }

    private JsonNode put(String entries) throws IOException, InterruptedException {
        var response = call("{\"Entries\":" + entries + "}");
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private java.net.http.HttpResponse<String> call(String body) throws IOException, InterruptedException {
        return new TestClient(server.url()).send("POST", "/", body, "X-Amz-Target", "AWSEvents.PutEvents");
    }

    private static String large(int letters) {
        return entry("changes", "{\\\"x\\\":\\\"" + "x".repeat(letters) + "\\\"}");
    }

    private static String entry(String bus, String detail) {
        return "{\"EventBusName\":\"" + bus + "\",\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":\"" + detail + "\"}";
    }
}
