package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a record of a DynamoDB stream from Lambda's JSON of it. Members that are absent or of another type stay unset.
final class StreamRecords {

    private StreamRecords() {}

    static DynamodbStreamRecord of(JsonNode json) {
        var record = new DynamodbStreamRecord();
        record.setEventID(json.path("eventID").textValue());
        record.setEventName(json.path("eventName").textValue());
        if (json.path("userIdentity").isObject()) {
            record.setUserIdentity(new Identity()
                    .withPrincipalId(
                            json.path("userIdentity").path("principalId").textValue()));
        }
        JsonNode change = json.path("dynamodb");
        if (change.isObject()) {
            JsonNode time = change.path("ApproximateCreationDateTime");
            record.setDynamodb(new StreamRecord()
                    .withKeys(image(change.path("Keys")))
                    .withOldImage(image(change.path("OldImage")))
                    .withNewImage(image(change.path("NewImage")))
                    .withSequenceNumber(change.path("SequenceNumber").textValue())
                    .withApproximateCreationDateTime(
                            time.canConvertToInt() ? Date.from(Instant.ofEpochSecond(time.intValue())) : null));
        }
        return record;
    }

    private static @Nullable Map<String, AttributeValue> image(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        var image = new HashMap<String, AttributeValue>();
        json.properties()
                .forEach(attribute -> image.put(
                        attribute.getKey(),
                        new AttributeValue()
                                .withS(attribute.getValue().path("S").textValue())
                                .withN(attribute.getValue().path("N").textValue())));
        return image;
    }
}
