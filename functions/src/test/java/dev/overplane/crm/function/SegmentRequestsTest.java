package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.Requests;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentRequestsTest {

    private static final String ID = SegmentId.PREFIX + "0".repeat(36);

    @Test
    void an_id_is_taken_from_the_path() {
        assertEquals(new SegmentId(ID), SegmentRequests.id(Requests.withPathParameters(Map.of("id", ID))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "market-segment_", "market-segment_0"})
    void a_malformed_id_is_that_of_no_object(String id) {
        var error = assertThrows(
                ApiException.class, () -> SegmentRequests.id(Requests.withPathParameters(Map.of("id", id))));
        assertEquals(ErrorCode.RESOURCE_MISSING, error.code());
    }

    @Test
    void a_query_parameter_is_refused() {
        SegmentRequests.noQuery(Requests.withBody(""));
        assertThrows(ApiException.class, () -> SegmentRequests.noQuery(Requests.withQuery("limit", "1")));
    }

    @Test
    void a_body_leaves_clears_or_sets_the_name() {
        assertEquals(Optional.empty(), SegmentRequests.name(Requests.withBody("")));
        assertEquals(Optional.of(new NameChange.Unchanged()), SegmentRequests.name(Requests.withBody("{}")));
        assertEquals(
                Optional.of(new NameChange.Cleared()),
                SegmentRequests.name(Requests.withBody("{\"market_segment\":null}")));
        assertEquals(
                Optional.of(new NameChange.SetTo(new SegmentName(" a "))),
                SegmentRequests.name(Requests.withBody("{\"market_segment\":\" a \"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "5", "true", "[]", "{}", "[\"a\"]", "\"a\\u0000\"", "\"\\ud83d\""})
    void any_other_name_is_refused(String value) {
        var error = assertThrows(
                ApiException.class,
                () -> SegmentRequests.name(Requests.withBody("{\"market_segment\":" + value + "}")));
        assertEquals(ErrorCode.PARAMETER_INVALID, error.code());
        assertEquals("market_segment", error.param());
    }
}
