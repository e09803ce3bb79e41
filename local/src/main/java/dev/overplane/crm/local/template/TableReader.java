package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads an `AWS::DynamoDB::Table`.
final class TableReader {

    private TableReader() {}

    static Table read(String logicalId, String name, TemplateValue properties) {
        if (properties.at("LocalSecondaryIndexes").isPresent()) {
            throw properties.error("has LocalSecondaryIndexes, which the local stack does not create");
        }
        return new Table(
                logicalId,
                name,
                properties.at("AttributeDefinitions").elements().stream()
                        .map(a -> new Table.Attribute(
                                a.at("AttributeName").text(), oneOf(a.at("AttributeType"), Set.of("S", "N", "B"))))
                        .toList(),
                key(properties),
                properties.at("GlobalSecondaryIndexes").elements().stream()
                        .map(TableReader::index)
                        .toList(),
                timeToLive(properties.at("TimeToLiveSpecification")));
    }

    private static Table.Index index(TemplateValue index) {
        var projection = index.at("Projection");
        return new Table.Index(
                index.at("IndexName").text(),
                key(index),
                oneOf(projection.at("ProjectionType"), Set.of("ALL", "KEYS_ONLY", "INCLUDE")),
                projection.at("NonKeyAttributes").elements().stream()
                        .map(TemplateValue::text)
                        .toList());
    }

    private static List<Table.KeyElement> key(TemplateValue keyed) {
        return keyed.at("KeySchema").elements().stream()
                .map(part -> new Table.KeyElement(
                        part.at("AttributeName").text(), oneOf(part.at("KeyType"), Set.of("HASH", "RANGE"))))
                .toList();
    }

    private static Optional<String> timeToLive(TemplateValue specification) {
        return specification.at("Enabled").optionalText().filter("true"::equals).isPresent()
                ? Optional.of(specification.at("AttributeName").text())
                : Optional.empty();
    }

    private static String oneOf(TemplateValue node, Set<String> allowed) {
        var text = node.text();
        if (!allowed.contains(text)) {
            throw node.error("cannot be " + text);
        }
        return text;
    }
}
