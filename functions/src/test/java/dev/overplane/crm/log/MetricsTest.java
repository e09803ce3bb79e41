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
    void a_count_is_defined_and_given_in_one_line() {
        assertEquals(
                "{\"_aws\":{\"Timestamp\":1770091506789,\"CloudWatchMetrics\":[{\"Namespace\":\"MarketSegment\","
                        + "\"Dimensions\":[[\"Stack\"]],\"Metrics\":[{\"Name\":\"CanaryFailures\",\"Unit\":\"Count\"}]}]},"
                        + "\"Stack\":\"market-segment-dev\",\"CanaryFailures\":1}",
                Metrics.line(
                        Instant.parse("2026-02-03T04:05:06.789Z"), "market-segment-dev", Map.of("CanaryFailures", 1L)));
    }
}
