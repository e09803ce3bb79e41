package dev.overplane.crm.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsTest {

    @Test
    void a_line_says_in_cloudwatchs_form_which_of_its_members_are_metrics() {
        var metrics = Metrics.of(
                "a-stack", "Create", Map.of("Errors", Metrics.Unit.COUNT, "Duration", Metrics.Unit.MILLISECONDS));
        assertEquals(
                """
                {"timestamp":"2026-02-03T04:05:06.789Z","level":"INFO","event":"request","Errors":0,"Duration":12,\
                "Stack":"a-stack","Operation":"Create","_aws":{"Timestamp":1770091506789,"CloudWatchMetrics":[\
                {"Namespace":"MarketSegment","Dimensions":[["Stack","Operation"],["Stack"]],"Metrics":[\
                {"Name":"Duration","Unit":"Milliseconds"},{"Name":"Errors","Unit":"Count"}]}]}}""",
                Log.line(
                        Instant.parse("2026-02-03T04:05:06.789Z"),
                        "INFO",
                        "request",
                        null,
                        metrics,
                        fields -> fields.add("Errors", 0).add("Duration", 12)));
    }
}
