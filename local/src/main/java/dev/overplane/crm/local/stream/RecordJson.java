package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// Writes a record as it stands in the event of a function.
final class RecordJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordJson() {}

    static StreamRecord of(Record record, String streamArn) {
        var change = record.dynamodb();
        var dynamodb = JSON.objectNode();
        dynamodb.put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond());
        dynamodb.set("Keys", map(change.keys()));
        if (change.hasNewImage()) {
            dynamodb.set("NewImage", map(change.newImage()));
        }
        if (change.hasOldImage()) {
            dynamodb.set("OldImage", map(change.oldImage()));
        }
        dynamodb.put("SequenceNumber", change.sequenceNumber());
        dynamodb.put("SizeBytes", change.sizeBytes());
        dynamodb.put("StreamViewType", change.streamViewTypeAsString());
        var json = JSON.objectNode()
                .put("eventID", record.eventID())
                .put("eventName", record.eventNameAsString())
                .put("eventVersion", record.eventVersion())
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", record.awsRegion())
                .put("eventSourceARN", streamArn);
        json.set("dynamodb", dynamodb);
        if (record.userIdentity() != null) {
            json.putObject("userIdentity")
                    .put("type", record.userIdentity().type())
                    .put("principalId", record.userIdentity().principalId());
        }
        return new StreamRecord(change.sequenceNumber(), change.approximateCreationDateTime(), json);
    }

    private static ObjectNode map(Map<String, AttributeValue> attributes) {
        var map = JSON.objectNode();
        attributes.forEach((name, value) -> map.set(name, value(value)));
        return map;
    }

    private static JsonNode value(AttributeValue value) {
        var typed = JSON.objectNode();
        return switch (value.type()) {
            case S -> typed.put("S", value.s());
            case N -> typed.put("N", value.n());
            case B -> typed.put("B", base64(value.b()));
            case BOOL -> typed.put("BOOL", value.bool());
            case NUL -> typed.put("NULL", true);
            case SS -> typed.set("SS", texts(value.ss()));
            case NS -> typed.set("NS", texts(value.ns()));
            case BS ->
                typed.set(
                        "BS", texts(value.bs().stream().map(RecordJson::base64).toList()));
            case M -> typed.set("M", map(value.m()));
            case L ->
                typed.set(
                        "L",
                        JSON.arrayNode()
                                .addAll(value.l().stream()
                                        .map(RecordJson::value)
                                        .toList()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("An attribute has no type: " + value);
        };
    }

    private static JsonNode texts(List<String> values) {
        var array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }
}
