package dev.overplane.crm.testing.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The schemas of an OpenAPI document, by their JSON pointers in it. Thread-safe.
final class Schemas {

    private static final String BASE = "https://api.invalid/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    Schemas(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(BASE, document.toString())));
    }

    /// What is wrong with a value, by the schema at that pointer.
    List<String> check(String pointer, JsonNode value) {
        return schemas
                .computeIfAbsent(pointer, p -> registry.getSchema(SchemaLocation.of(BASE + "#" + p)))
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /// What is wrong with a value that is written as text, as in a header or a query.
    List<String> checkText(String pointer, String text) {
        var type = document.at(pointer).path("type").asText();
        var isNumber = type.equals("integer") && text.matches("-?[0-9]{1,18}");
        return check(pointer, isNumber ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text));
    }
}
