package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.startup.StartupException;

/// A pattern that a record must match, by
/// [Lambda's rules](https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html). Knows equal
/// values, `prefix`, `exists` and `anything-but`.
record EventFilter(JsonNode pattern) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @throws StartupException if the pattern is not JSON, or has an operator that is not known here
    static EventFilter of(String pattern) {
        try {
            var filter = new EventFilter(JSON.readTree(pattern));
            check(filter.pattern);
            return filter;
        } catch (JsonProcessingException e) {
            throw new StartupException("The filter " + pattern + " in the template is not JSON: correct it.", e);
        }
    }

    boolean matches(JsonNode record) {
        return matches(pattern, record);
    }

    private static boolean matches(JsonNode pattern, JsonNode value) {
        if (pattern.isObject()) {
            return pattern.properties().stream()
                    .allMatch(member -> matches(member.getValue(), value.path(member.getKey())));
        }
        for (var rule : pattern) {
            if (rule.isObject() ? satisfies(rule, value) : rule.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean satisfies(JsonNode rule, JsonNode value) {
        var operator = rule.properties().iterator().next();
        var operand = operator.getValue();
        return switch (operator.getKey()) {
            case "prefix" -> value.isTextual() && value.asText().startsWith(operand.asText());
            case "exists" -> operand.asBoolean() != value.isMissingNode();
            default -> value.isValueNode() && !isOneOf(value, operand);
        };
    }

    private static boolean isOneOf(JsonNode value, JsonNode operand) {
        for (var excluded : operand) {
            if (excluded.equals(value)) {
                return true;
            }
        }
        return operand.equals(value);
    }

    private static void check(JsonNode pattern) {
        if (pattern.isObject()) {
            pattern.forEach(EventFilter::check);
        } else if (pattern.isArray()) {
            for (var rule : pattern) {
                if (!rule.isValueNode() && !isKnown(rule)) {
                    throw new StartupException("The local stack does not know the filter rule " + rule
                            + ": use equal values, prefix, exists or anything-but.");
                }
            }
        } else {
            throw new StartupException(
                    "A filter of the template has " + pattern + " where it needs an array: correct it.");
        }
    }

    private static boolean isKnown(JsonNode rule) {
        return rule.isObject()
                && rule.size() == 1
                && (rule.path("prefix").isTextual()
                        || rule.path("exists").isBoolean()
                        || rule.path("anything-but").isValueNode()
                        || rule.path("anything-but").isArray());
    }
}
