package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentResponsesTest {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type",
            "application/json; charset=utf-8",
            "Cache-Control",
            "no-store",
            "X-Content-Type-Options",
            "nosniff");
    private static final SegmentId ID = new SegmentId(SegmentId.PREFIX + "0".repeat(36));
    private static final MarketSegment SEGMENT = new MarketSegment(
            ID, new Timestamp(1_000_000), new Timestamp(2_999_999), Optional.of(new SegmentName("a\"b")));
    private static final String SHOWN = "{\"id\":\"" + ID.value() + "\",\"created_at\":\"1970-01-01T00:00:01Z\","
            + "\"updated_at\":\"1970-01-01T00:00:02Z\",\"market_segment\":\"a\\\"b\"}";

    @Test
    void an_object_is_shown_with_its_tag() {
        assertEquals(
                new HttpResponse(201, HEADERS, SHOWN).withETag("\"7\""),
                SegmentResponses.response(201, new VersionedSegment(SEGMENT, 7)));
    }

    @Test
    void a_name_that_is_not_set_is_null() {
        var nameless = new MarketSegment(ID, new Timestamp(1_000_000), new Timestamp(2_000_000), Optional.empty());
        assertEquals(
                SHOWN.replace("\"a\\\"b\"", "null"),
                SegmentResponses.response(200, new VersionedSegment(nameless, 1))
                        .body());
    }

    @Test
    void a_listing_says_whether_there_is_more_and_how_many_there_are() {
        assertEquals(
                new HttpResponse(
                        200,
                        HEADERS,
                        "{\"data\":[" + SHOWN + "," + SHOWN + "],\"has_more\":true,\"total\":5000000000}"),
                SegmentResponses.response(new Listing(List.of(SEGMENT, SEGMENT), true, 5_000_000_000L)));
    }

    @Test
    void a_deletion_is_confirmed() {
        assertEquals(
                new HttpResponse(200, HEADERS, "{\"id\":\"" + ID.value() + "\",\"deleted\":true}"),
                SegmentResponses.deleted(ID));
    }
}
