package dev.overplane.crm.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.aws.AwsCallException;
import dev.overplane.crm.aws.AwsResponse;
import dev.overplane.crm.aws.AwsService;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A bus of EventBridge. Makes the one call
/// [PutEvents](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html).
///
/// Thread-safe.
public final class EventBridge implements EventBus {

    private static final Json RESPONSES = Json.ofDepth(8);

    private final AwsService service;
    private final String name;
    private final String source;

    private EventBridge(AwsService service, String name, String source) {
        this.service = service;
        this.name = name;
        this.source = source;
    }

    /// Reaches a bus as a Lambda function's environment variables say.
    ///
    /// @param name the bus
    /// @param source the source of all events
    public static EventBridge of(Map<String, String> environment, String name, String source) {
        return new EventBridge(AwsService.of(environment, "EventBridge", "events"), name, source);
    }

    @Override
    public int size(BusEvent event) {
        return event.size(source);
    }

    @Override
    public List<Boolean> put(List<BusEvent> events, Duration limit) {
        try {
            return taken(
                    service.post("/", Map.of("X-Amz-Target", "AWSEvents.PutEvents"), body(events), limit),
                    events.size());
        } catch (AwsCallException e) {
            throw new EventBusException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Boolean> taken(AwsResponse response, int events) {
        if (response.status() != 200) {
            // Names the error, and holds nothing of the events.
            throw new EventBusException("status " + response.status() + ": " + response.body());
        }
        JsonNode entries = entries(response);
        if (entries.size() != events) {
            throw new EventBusException("an answer about " + entries.size() + " of " + events + " events");
        }
        var taken = new ArrayList<Boolean>();
        for (JsonNode entry : entries) {
            taken.add(entry.path("EventId").isTextual());
            if (entry.has("ErrorCode")) {
                Log.warn(
                        "event_refused",
                        fields -> fields.add("code", entry.path("ErrorCode").asText()));
            }
        }
        return taken;
    }

    private static JsonNode entries(AwsResponse response) {
        try {
            return RESPONSES.read(response.body()).path("Entries");
        } catch (MalformedJsonException e) {
            throw new EventBusException("an answer that is no JSON", e);
        }
    }

    private String body(List<BusEvent> events) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("Entries");
            for (BusEvent event : events) {
                json.writeStartObject();
                json.writeStringField("EventBusName", name);
                json.writeStringField("Source", source);
                json.writeStringField("DetailType", event.type());
                json.writeNumberField("Time", event.time().getEpochSecond());
                json.writeStringField("Detail", event.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
