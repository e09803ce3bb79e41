package dev.overplane.crm.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.http.RequestBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves EventBridge's PutEvents. Does not check signatures.
public final class PutEventsApi extends Handler.Abstract {

    private static final int MAX_ENTRIES = 10;
    /// For all entries of a call, in bytes.
    private static final int MAX_SIZE = 256 * 1024;
    /// Some of the body is not counted.
    private static final int BODY_LIMIT = 4 * MAX_SIZE;
    /// What an entry's time counts.
    private static final int TIME_SIZE = 14;
    /// The members that an entry must have for subscribers to get it.
    private static final List<String> REQUIRED = List.of("Source", "DetailType", "Detail");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EventBus bus;
    private final String account;
    private final String region;
    private final Clock clock;

    /// @param account the id that events show
    /// @param clock the time of events that have none
    public PutEventsApi(EventBus bus, String account, String region, Clock clock) {
        this.bus = bus;
        this.account = account;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!"AWSEvents.PutEvents".equals(request.getHeaders().get("X-Amz-Target"))) {
            return AwsJson.error(
                    response, callback, "UnknownOperationException", "The local stack supports PutEvents only.");
        }
        var entries = RequestBody.read(request, BODY_LIMIT)
                .flatMap(AwsJson::parse)
                .map(body -> body.path("Entries"))
                .filter(JsonNode::isArray);
        if (entries.isEmpty()) {
            return AwsJson.error(response, callback, "SerializationException", "There are no entries.");
        }
        if (entries.get().isEmpty() || entries.get().size() > MAX_ENTRIES) {
            return AwsJson.error(
                    response, callback, "ValidationException", "A call has 1 to " + MAX_ENTRIES + " entries.");
        }
        int size = 0;
        for (var entry : entries.get()) {
            size += size(entry);
        }
        if (size > MAX_SIZE) {
            return AwsJson.error(
                    response,
                    callback,
                    "ValidationException",
                    "Total size of the entries in the request is over the limit.");
        }
        var result = JSON.objectNode();
        var results = result.putArray("Entries");
        int failed = 0;
        for (var entry : entries.get()) {
            var added = put(entry);
            results.add(added);
            failed += added.has("ErrorCode") ? 1 : 0;
        }
        return AwsJson.succeed(response, callback, result.put("FailedEntryCount", failed));
    }

    /// Returns the entry's result: its `EventId`, or `ErrorCode` and `ErrorMessage`.
    private ObjectNode put(JsonNode entry) {
        for (var member : REQUIRED) {
            if (entry.path(member).asText("").isEmpty()) {
                return failure(
                        "InvalidArgument", member + " is not valid. Reason: " + member + " is a required argument.");
            }
        }
        var detail = AwsJson.parse(entry.path("Detail").asText().getBytes(StandardCharsets.UTF_8));
        if (detail.isEmpty()) {
            return failure("MalformedDetail", "Detail is malformed.");
        }
        var id = UUID.randomUUID().toString();
        var name = entry.path("EventBusName").asText("default");
        // EventBridge takes entries for a bus that does not exist too: nobody gets them.
        if (name.equals(bus.name()) || name.endsWith(":event-bus/" + bus.name())) {
            bus.put(event(id, entry, detail.get()));
        }
        return JSON.objectNode().put("EventId", id);
    }

    private ObjectNode event(String id, JsonNode entry, JsonNode detail) {
        var time = entry.has("Time") ? Instant.ofEpochSecond(entry.path("Time").asLong()) : clock.instant();
        var event = JSON.objectNode()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", entry.path("DetailType").asText())
                .put("source", entry.path("Source").asText())
                .put("account", account)
                .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        var resources = event.putArray("resources");
        entry.path("Resources").forEach(resources::add);
        return event.set("detail", detail);
    }

    /// The size of an entry by
    /// [EventBridge's rules](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html).
    private static int size(JsonNode entry) {
        int size = entry.has("Time") ? TIME_SIZE : 0;
        for (var member : REQUIRED) {
            size += entry.path(member).asText("").getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private static ObjectNode failure(String code, String message) {
        return JSON.objectNode().put("ErrorCode", code).put("ErrorMessage", message);
    }
}
