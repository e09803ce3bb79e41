package dev.overplane.crm.testing.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One page of a listing.
///
/// @param data newest first
/// @param total of all pages
public record Listing(List<Segment> data, boolean hasMore, long total) {

    static Listing of(JsonNode json) {
        assertEquals(List.of("data", "has_more", "total"), Json.order(json), json::toString);
        assertTrue(json.get("data").isArray() && json.get("has_more").isBoolean(), json::toString);
        assertTrue(json.get("total").isIntegralNumber(), json::toString);
        var data = new ArrayList<Segment>();
        json.get("data").forEach(item -> data.add(Segment.of(item)));
        return new Listing(
                List.copyOf(data),
                json.get("has_more").booleanValue(),
                json.get("total").longValue());
    }

    public List<String> ids() {
        return data.stream().map(Segment::id).toList();
    }
}
