package dev.overplane.crm.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.VersionedSegment;
import java.io.IOException;

/// Writes market segments as clients see them.
final class SegmentResponses {

    private SegmentResponses() {}

    static HttpResponse response(int status, VersionedSegment versioned) {
        return HttpResponse.of(status, json -> write(json, versioned.segment()))
                .withETag(SegmentETags.of(versioned.version()));
    }

    static HttpResponse response(Listing listing) {
        return HttpResponse.of(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (MarketSegment segment : listing.data()) {
                write(json, segment);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", listing.hasMore());
            json.writeNumberField("total", listing.total());
            json.writeEndObject();
        });
    }

    static HttpResponse deleted(SegmentId id) {
        return HttpResponse.of(200, json -> {
            json.writeStartObject();
            json.writeStringField("id", id.value());
            json.writeBooleanField("deleted", true);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, MarketSegment segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", segment.id().value());
        json.writeStringField("created_at", segment.createdAt().toRfc3339());
        json.writeStringField("updated_at", segment.updatedAt().toRfc3339());
        json.writeStringField(
                "market_segment", segment.name().map(SegmentName::value).orElse(null));
        json.writeEndObject();
    }
}
