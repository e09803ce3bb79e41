package dev.overplane.crm.log;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// Reports metrics by a log line, from which CloudWatch takes them: the [embedded metric
/// format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
///
/// Thread-safe.
public final class Metrics {

    private static final String NAMESPACE = "MarketSegment";

    private Metrics() {}

    /// Reports counts.
    ///
    /// @param stack the stack that they are of, their one dimension
    /// @param counts by name
    public static void report(String stack, Map<String, Long> counts) {
        System.out.println(line(Instant.now(), stack, counts));
    }

    /// The line for counts.
    static String line(Instant now, String stack, Map<String, Long> counts) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("_aws");
            json.writeNumberField("Timestamp", now.toEpochMilli());
            json.writeArrayFieldStart("CloudWatchMetrics");
            json.writeStartObject();
            json.writeStringField("Namespace", NAMESPACE);
            json.writeArrayFieldStart("Dimensions");
            json.writeStartArray();
            json.writeString("Stack");
            json.writeEndArray();
            json.writeEndArray();
            json.writeArrayFieldStart("Metrics");
            for (String name : counts.keySet()) {
                writeDefinition(json, name);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeStringField("Stack", stack);
            for (var count : counts.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void writeDefinition(JsonGenerator json, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("Name", name);
        json.writeStringField("Unit", "Count");
        json.writeEndObject();
    }
}
