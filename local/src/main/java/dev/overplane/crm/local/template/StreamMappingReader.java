package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads an `AWS::Lambda::EventSourceMapping`.
final class StreamMappingReader {

    private static final Set<String> SUPPORTED = Set.of(
            "EventSourceArn",
            "FunctionName",
            "StartingPosition",
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "FilterCriteria",
            "FunctionResponseTypes",
            "BisectBatchOnFunctionError",
            "MaximumRetryAttempts",
            "MaximumRecordAgeInSeconds",
            "DestinationConfig");
    /// Lambda's default for streams.
    private static final int BATCH_SIZE = 100;

    private final References references;
    private final List<Function> functions;
    private final List<Table> tables;

    StreamMappingReader(References references, List<Function> functions, List<Table> tables) {
        this.references = references;
        this.functions = functions;
        this.tables = tables;
    }

    StreamMapping read(TemplateValue properties) {
        properties.members().keySet().stream()
                .filter(name -> !SUPPORTED.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw properties.at(name).error("is not supported by the local stack");
                });
        if (!properties.at("StartingPosition").text().equals("TRIM_HORIZON")) {
            throw properties.at("StartingPosition").error("must be TRIM_HORIZON for the local stack");
        }
        return new StreamMapping(
                table(properties.at("EventSourceArn")),
                function(properties.at("FunctionName")),
                properties.at("BatchSize").optionalNumber().orElse(BATCH_SIZE),
                Duration.ofSeconds(properties
                        .at("MaximumBatchingWindowInSeconds")
                        .optionalNumber()
                        .orElse(0)),
                properties.at("FilterCriteria").at("Filters").elements().stream()
                        .map(filter -> filter.at("Pattern").text())
                        .toList(),
                reportsBatchItemFailures(properties.at("FunctionResponseTypes")),
                properties
                        .at("BisectBatchOnFunctionError")
                        .optionalText()
                        .filter("true"::equals)
                        .isPresent(),
                limit(properties.at("MaximumRetryAttempts"))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                limit(properties.at("MaximumRecordAgeInSeconds")).map(Duration::ofSeconds),
                properties
                        .at("DestinationConfig")
                        .at("OnFailure")
                        .at("Destination")
                        .optionalText());
    }

    private String table(TemplateValue source) {
        var arn = source.text();
        return tables.stream()
                .map(Table::logicalId)
                .filter(id -> references
                        .attribute(id, "StreamArn")
                        .filter(arn::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> source.error("is no stream of a table of this template"));
    }

    private String function(TemplateValue name) {
        var reference = name.text();
        return functions.stream()
                .filter(candidate -> reference.equals(candidate.name())
                        || reference.equals(candidate.arn())
                        || reference.startsWith(candidate.arn() + ":"))
                .findFirst()
                .orElseThrow(() -> name.error("is no function of this template"))
                .logicalId();
    }

    private static boolean reportsBatchItemFailures(TemplateValue types) {
        types.elements().forEach(type -> {
            if (!type.text().equals("ReportBatchItemFailures")) {
                throw types.error("cannot have " + type.text());
            }
        });
        return !types.elements().isEmpty();
    }

    /// A limit, for which -1 means that there is none.
    private static Optional<Integer> limit(TemplateValue value) {
        return value.optionalNumber().filter(number -> number >= 0);
    }
}
