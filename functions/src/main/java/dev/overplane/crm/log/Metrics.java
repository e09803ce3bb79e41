package dev.overplane.crm.log;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Says which members of a log line are metrics. CloudWatch takes them from there: the [embedded metric
/// format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
/// A tenant is never a dimension: each value of one is a metric with a price of its own.
///
/// Immutable.
public final class Metrics {

    /// What a metric is measured in.
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds");

        private final String name;

        Unit(String name) {
            this.name = name;
        }
    }

    private static final String NAMESPACE = "MarketSegment";
    private static final String STACK = "Stack";
    private static final String OPERATION = "Operation";

    private final String stack;
    private final Optional<String> operation;
    /// The same in each line, so it is written once.
    private final String directives;

    private Metrics(String stack, Optional<String> operation, SortedMap<String, Unit> units) {
        this.stack = stack;
        this.operation = operation;
        var dimensions = new ArrayList<List<String>>();
        operation.ifPresent(_ -> dimensions.add(List.of(STACK, OPERATION)));
        dimensions.add(List.of(STACK));
        directives = Json.write(json -> writeDirectives(json, dimensions, units));
    }

    /// Metrics of an operation: of it alone, and of all operations together.
    ///
    /// @param units by the name of the metric, which is a member of the line
    public static Metrics of(String stack, String operation, Map<String, Unit> units) {
        return new Metrics(stack, Optional.of(operation), new TreeMap<>(units));
    }

    /// Logs counts of the whole stack, by the name of the metric.
    public static void report(String event, String stack, Map<String, Long> counts) {
        var units = new TreeMap<String, Unit>();
        counts.keySet().forEach(name -> units.put(name, Unit.COUNT));
        Log.info(
                event,
                new Metrics(stack, Optional.empty(), units),
                fields -> new TreeMap<>(counts).forEach(fields::add));
    }

    /// Writes what makes a line metrics, but for the members that they are.
    void write(JsonGenerator json, Instant now) throws IOException {
        json.writeStringField(STACK, stack);
        if (operation.isPresent()) {
            json.writeStringField(OPERATION, operation.get());
        }
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", now.toEpochMilli());
        json.writeFieldName("CloudWatchMetrics");
        json.writeRawValue(directives);
        json.writeEndObject();
    }

    private static void writeDirectives(
            JsonGenerator json, List<List<String>> dimensions, SortedMap<String, Unit> units) throws IOException {
        json.writeStartArray();
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        for (List<String> set : dimensions) {
            json.writeStartArray();
            for (String dimension : set) {
                json.writeString(dimension);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (Map.Entry<String, Unit> metric : units.entrySet()) {
            json.writeStartObject();
            json.writeStringField("Name", metric.getKey());
            json.writeStringField("Unit", metric.getValue().name);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }
}
