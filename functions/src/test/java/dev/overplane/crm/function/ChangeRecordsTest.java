package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.overplane.crm.eventbridge.BusEvent;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeRecordsTest {

    private static final String ID = "market-segment_000001k117xnwf2kt9n1sjp1781rgdxmt054";
    private static final String CREATED = "1705311000000000";
    private static final String LATER = "1705314600999999";

    private static final String OBJECT = "{\"id\":\"" + ID
            + "\",\"created_at\":\"2024-01-15T09:30:00Z\",\"updated_at\":\"%s\",\"market_segment\":%s}";

    static Stream<Arguments> changes() {
        var none = image(CREATED, 1, null);
        var named = image(CREATED, 1, "A");
        var renamed = image(LATER, 2, "B");
        var renamedAtOnce = image(CREATED, 2, "B");
        var cleared = image(LATER, 2, null);
        return Stream.of(
                Arguments.of(
                        "created without a name",
                        record("INSERT", null, none),
                        "market_segment.created",
                        "{\"id\":\"request of version 1\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T09:30:00Z", "null") + "}"),
                Arguments.of(
                        "created with one",
                        record("INSERT", null, named),
                        "market_segment.created",
                        "{\"id\":\"request of version 1\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T09:30:00Z", "\"A\"") + "}"),
                Arguments.of(
                        "renamed",
                        record("MODIFY", named, renamed),
                        "market_segment.updated",
                        "{\"id\":\"request of version 2\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T10:30:00Z", "\"B\"")
                                + ",\"previous_attributes\":{\"updated_at\":\"2024-01-15T09:30:00Z\",\"market_segment\":\"A\"}}"),
                Arguments.of(
                        "renamed within a second",
                        record("MODIFY", named, renamedAtOnce),
                        "market_segment.updated",
                        "{\"id\":\"request of version 2\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T09:30:00Z", "\"B\"")
                                + ",\"previous_attributes\":{\"market_segment\":\"A\"}}"),
                Arguments.of(
                        "named for the first time",
                        record("MODIFY", none, renamed),
                        "market_segment.updated",
                        "{\"id\":\"request of version 2\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T10:30:00Z", "\"B\"")
                                + ",\"previous_attributes\":{\"updated_at\":\"2024-01-15T09:30:00Z\",\"market_segment\":null}}"),
                Arguments.of(
                        "cleared",
                        record("MODIFY", named, cleared),
                        "market_segment.updated",
                        "{\"id\":\"request of version 2\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T10:30:00Z", "null")
                                + ",\"previous_attributes\":{\"updated_at\":\"2024-01-15T09:30:00Z\",\"market_segment\":\"A\"}}"),
                Arguments.of(
                        "deleted",
                        record("MODIFY", renamed, tombstone()),
                        "market_segment.deleted",
                        "{\"id\":\"request of the deletion\"}",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T10:30:00Z", "\"B\"") + "}"),
                Arguments.of(
                        "deleted past the API",
                        record("REMOVE", renamed, null),
                        "market_segment.deleted",
                        "null",
                        "{\"object\":" + OBJECT.formatted("2024-01-15T10:30:00Z", "\"B\"") + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void a_change_becomes_its_event(
            String name, DynamodbStreamRecord record, String type, String request, String data) {
        BusEvent event = ChangeRecords.event(record).orElseThrow().toBusEvent();
        assertEquals(type, event.type());
        assertEquals(Instant.parse("2024-01-15T12:00:00Z"), event.time());
        assertEquals("acct_1/test " + ID, event.object());
        assertTrue(event.detail().matches("\\{\"id\":\"evt_[0-9a-z]{26}\",.*"), event.detail());
        assertEquals(
                "\"type\":\"" + type
                        + "\",\"created_at\":\"2024-01-15T12:00:00Z\",\"account\":\"acct_1\",\"livemode\":false,"
                        + "\"request\":" + request + ","
                        + "\"data\":" + data + "}",
                event.detail().substring(event.detail().indexOf("\"type\"")));
    }

    /// DynamoDB rounds the time of a record down: AWS's to the second, DynamoDB Local's to the minute.
    @Test
    void an_event_is_not_older_than_what_it_shows() {
        var record = record("MODIFY", image(CREATED, 1, "A"), image(LATER, 2, "B"));
        record.getDynamodb().setApproximateCreationDateTime(Date.from(Instant.parse("2024-01-15T10:30:00Z")));
        BusEvent event = ChangeRecords.event(record).orElseThrow().toBusEvent();
        assertEquals(Instant.parse("2024-01-15T10:30:00.999999Z"), event.time());
        assertTrue(event.detail().contains("\"created_at\":\"2024-01-15T10:30:00Z\",\"account\""), event.detail());

        record.getDynamodb().setApproximateCreationDateTime(Date.from(Instant.parse("2024-01-15T09:00:00Z")));
        assertTrue(detail(record).contains("\"created_at\":\"2024-01-15T10:30:00Z\",\"account\""));
    }

    @Test
    void a_change_by_a_release_that_noted_no_requests_names_none() {
        var after = image(LATER, 2, "B");
        after.remove("request_id");
        assertTrue(detail(record("MODIFY", image(CREATED, 1, "A"), after)).contains("\"request\":null"));
    }

    @Test
    void live_data_says_so() {
        var record = record("INSERT", null, image(CREATED, 1, "A"));
        record.getDynamodb().getKeys().put("tenant", text("acct_1/live"));
        assertTrue(detail(record).contains("\"account\":\"acct_1\",\"livemode\":true"));
    }

    @Test
    void the_id_of_an_event_is_the_same_whenever_it_is_read_and_that_of_no_other() {
        var records = List.of(
                record("INSERT", null, image(CREATED, 1, "A")),
                record("MODIFY", image(CREATED, 1, "A"), image(CREATED, 2, "B")),
                record("MODIFY", image(CREATED, 2, "B"), image(CREATED, 3, "A")),
                record("MODIFY", image(CREATED, 3, "A"), tombstone()));
        assertEquals(4, records.stream().map(ChangeRecordsTest::id).distinct().count());
        assertEquals(
                records.stream().map(ChangeRecordsTest::id).toList(),
                records.stream().map(ChangeRecordsTest::id).toList());
        var live = record("INSERT", null, image(CREATED, 1, "A"));
        live.getDynamodb().getKeys().put("tenant", text("acct_1/live"));
        assertNotEquals(id(records.getFirst()), id(live));
    }

    static Stream<Arguments> silent() {
        var before = image(CREATED, 1, "A");
        var rewritten = image(LATER, 2, "A");
        rewritten.put("writer", text("x"));
        var moved = image(CREATED, 1, "A");
        moved.put("page", number("7"));
        return Stream.of(
                Arguments.of("the same name again", record("MODIFY", before, rewritten)),
                Arguments.of("an attribute that no client sees", record("MODIFY", before, moved)),
                Arguments.of("the end of a tombstone", record("REMOVE", tombstone(), null)),
                Arguments.of("the head", of("#", "MODIFY")),
                Arguments.of("a group of pages", of("#p000", "INSERT")),
                Arguments.of("an archive", of("archive#000", "MODIFY")),
                Arguments.of("a lease", of("acct_1/test", "REMOVE")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void what_clients_do_not_see_makes_no_event(String name, DynamodbStreamRecord record) {
        assertFalse(ChangeRecords.event(record).isPresent());
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                malformed("no change", record -> record.setDynamodb(null)),
                malformed("no keys", record -> record.getDynamodb().setKeys(null)),
                malformed("no id", record -> record.getDynamodb().getKeys().remove("id")),
                malformed("no tenant", record -> record.getDynamodb().getKeys().remove("tenant")),
                malformed("no kind", record -> record.setEventName((String) null)),
                malformed("another kind", record -> record.setEventName("TRUNCATE")),
                malformed("no time", record -> record.getDynamodb().setApproximateCreationDateTime(null)),
                malformed("no image", record -> record.getDynamodb().setNewImage(null)),
                image("an id of another form", image -> image.put("id", text("market-segment_x"))),
                image("no version", image -> image.remove("version")),
                image("a version of another type", image -> image.put("version", text("1"))),
                image("a version that is no whole number", image -> image.put("version", number("1.5"))),
                image("a time before time", image -> image.put("updated_at", number("-1"))),
                image("a request of another type", image -> image.put("request_id", number("1"))),
                image("a blank name", image -> image.put("market_segment", text(" "))),
                image("a name of another type", image -> image.put("market_segment", number("1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void a_record_that_no_change_of_ours_makes_is_refused(String name, DynamodbStreamRecord record) {
        assertThrows(MalformedRecordException.class, () -> ChangeRecords.event(record));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acct_1", "/test", "acct_1/", "acct_1/other", "acct_1/test/x", "x/test"})
    void a_tenant_of_another_form_is_refused(String tenant) {
        var record = record("INSERT", null, image(CREATED, 1, "A"));
        record.getDynamodb().getKeys().put("tenant", text(tenant));
        assertThrows(MalformedRecordException.class, () -> ChangeRecords.event(record));
    }

    private static Arguments malformed(String name, Consumer<DynamodbStreamRecord> damage) {
        var record = record("INSERT", null, image(CREATED, 1, "A"));
        damage.accept(record);
        return Arguments.of(name, record);
    }

    private static Arguments image(String name, Consumer<Map<String, AttributeValue>> damage) {
        return malformed(name, record -> damage.accept(record.getDynamodb().getNewImage()));
    }

    private static String detail(DynamodbStreamRecord record) {
        return ChangeRecords.event(record).orElseThrow().toBusEvent().detail();
    }

    private static String id(DynamodbStreamRecord record) {
        return ChangeRecords.event(record).orElseThrow().id();
    }

    private static DynamodbStreamRecord of(String id, String kind) {
        var record = record(kind, image(CREATED, 1, "A"), image(CREATED, 2, "B"));
        record.getDynamodb().getKeys().put("id", text(id));
        return record;
    }

    private static DynamodbStreamRecord record(
            String kind, @Nullable Map<String, AttributeValue> before, @Nullable Map<String, AttributeValue> after) {
        var keys = new HashMap<String, AttributeValue>();
        keys.put("tenant", text("acct_1/test"));
        keys.put("id", text(ID));
        var record = new DynamodbStreamRecord();
        record.setEventID("1");
        record.setEventName(kind);
        record.setDynamodb(new StreamRecord()
                .withKeys(keys)
                .withOldImage(before)
                .withNewImage(after)
                .withSequenceNumber("100")
                .withApproximateCreationDateTime(Date.from(Instant.parse("2024-01-15T12:00:00Z"))));
        return record;
    }

    private static Map<String, AttributeValue> image(String updatedAt, long version, @Nullable String name) {
        var image = new HashMap<String, AttributeValue>();
        image.put("tenant", text("acct_1/test"));
        image.put("id", text(ID));
        image.put("page", number("0"));
        image.put("created_at", number(CREATED));
        image.put("updated_at", number(updatedAt));
        image.put("version", number(Long.toString(version)));
        image.put("request_id", text("request of version " + version));
        if (name != null) {
            image.put("market_segment", text(name));
        }
        return image;
    }

    private static Map<String, AttributeValue> tombstone() {
        return new HashMap<>(Map.of(
                "tenant", text("acct_1/test"),
                "id", text(ID),
                "request_id", text("request of the deletion"),
                "expires_at", number("1705404600")));
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }

    private static AttributeValue number(String value) {
        return new AttributeValue().withN(value);
    }
}
