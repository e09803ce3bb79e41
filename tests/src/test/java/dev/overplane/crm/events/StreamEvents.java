package dev.overplane.crm.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of the segments table's stream, as Lambda passes them to a function.
final class StreamEvents {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StreamEvents() {}

    /// An event about an object that is created, renamed and deleted.
    static String threeChanges(String account) {
        return event(changes(account, 1, 3)).toString();
    }

    /// The records of several objects, each of which is created, renamed and at last deleted, one change of
    /// each in turn.
    static List<ObjectNode> changes(String account, int objects, int changes) {
        var records = new ArrayList<ObjectNode>();
        for (int version = 1; version <= changes; version++) {
            for (int object = 0; object < objects; object++) {
                boolean deleted = version == changes;
                var before = version == 1 ? null : image(account, object, version - 1);
                var after = deleted ? null : image(account, object, version);
                records.add(record(account, object, records.size(), before, after));
            }
        }
        return records;
    }

    /// A record of an item with the id of a segment that is none.
    static ObjectNode damaged(String account, int sequenceNumber) {
        return record(account, 0, sequenceNumber, null, JSON.objectNode());
    }

    static ObjectNode event(List<ObjectNode> records) {
        var event = JSON.objectNode();
        event.set("Records", new ArrayNode(JSON, List.copyOf(records)));
        return event;
    }

    static String id(int object) {
        return "market-segment_000001k117xnwf2kt9n1sjp1781rgdxmt0" + (10 + object);
    }

    private static ObjectNode record(
            String account, int object, int index, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        var record = JSON.objectNode()
                .put("eventID", "event-" + index)
                .put("eventName", before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY")
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", "eu-central-1");
        var change = record.putObject("dynamodb")
                .put("ApproximateCreationDateTime", 1705311000)
                .put("SequenceNumber", Integer.toString(1000 + index))
                .put("StreamViewType", "NEW_AND_OLD_IMAGES");
        change.set("Keys", key(account, object));
        if (before != null) {
            change.set("OldImage", before);
        }
        if (after != null) {
            change.set("NewImage", after);
        }
        return record;
    }

    private static ObjectNode key(String account, int object) {
        var key = JSON.objectNode();
        key.putObject("tenant").put("S", account + "/test");
        key.putObject("id").put("S", id(object));
        return key;
    }

    private static ObjectNode image(String account, int object, int version) {
        var image = key(account, object);
        image.putObject("page").put("N", "0");
        image.putObject("created_at").put("N", "1705311000000000");
        image.putObject("updated_at").put("N", "1705311000000000");
        image.putObject("version").put("N", Integer.toString(version));
        image.putObject("market_segment").put("S", "version " + version);
        return image;
    }
}
