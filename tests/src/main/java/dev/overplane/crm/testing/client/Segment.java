package dev.overplane.crm.testing.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A market segment as a client sees it.
public record Segment(String id, Instant createdAt, Instant updatedAt, Optional<String> marketSegment) {

    private static final String ID = "market-segment_[0-9a-z]+";
    private static final String TIMESTAMP = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";

    /// Reads an object and checks it against the contract: four members, in their order, each of its form.
    static Segment of(JsonNode json) {
        assertEquals(List.of("id", "created_at", "updated_at", "market_segment"), Json.order(json), json::toString);
        var id = json.get("id").textValue();
        assertTrue(id.matches(ID), () -> "id " + id);
        var value = json.get("market_segment");
        assertTrue(value.isNull() || value.isTextual(), json::toString);
        var segment = new Segment(
                id,
                instant(json.get("created_at")),
                instant(json.get("updated_at")),
                Optional.ofNullable(value.textValue()));
        assertFalse(segment.updatedAt().isBefore(segment.createdAt()), json::toString);
        return segment;
    }

    private static Instant instant(JsonNode json) {
        var text = json.textValue();
        assertTrue(text.matches(TIMESTAMP), () -> "timestamp " + text);
        return Instant.parse(text);
    }
}
