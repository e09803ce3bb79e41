package dev.overplane.crm.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_event_is_one_json_object_with_its_fields_in_their_order() {
        assertEquals(
                """
                {"timestamp":"2026-01-02T03:04:05.678Z","level":"INFO","event":"request",\
                "path":"/\\"a\\"","status":200,"livemode":true}""",
                Log.line(
                        NOW,
                        "INFO",
                        "request",
                        null,
                        fields ->
                                fields.add("path", "/\"a\"").add("status", 200).add("livemode", true)));
    }

    @Test
    void an_exception_is_logged_with_its_trace_on_the_same_line() throws MalformedJsonException {
        String line = Log.line(NOW, "ERROR", "internal_error", new IllegalStateException("why"), _ -> {});
        String exception = Json.ofDepth(1).read(line).get("exception").textValue();
        assertTrue(exception.startsWith("java.lang.IllegalStateException: why\n\tat " + LogTest.class.getName()));
        assertFalse(line.contains("\n"));
    }

    @Test
    void metrics_have_the_form_that_cloudwatch_reads() {
        assertEquals(
                "{\"_aws\":{\"Timestamp\":1705311000000,\"CloudWatchMetrics\":[{\"Namespace\":\"stack\",\"Dimensions\":[[]],"
                        + "\"Metrics\":[{\"Name\":\"checked\",\"Unit\":\"Count\"},{\"Name\":\"drifted\",\"Unit\":\"Count\"}]}]},"
                        + "\"checked\":3,\"drifted\":0}",
                Log.metrics(Instant.parse("2024-01-15T09:30:00Z"), "stack", Map.of("drifted", 0L, "checked", 3L)));
    }
}
