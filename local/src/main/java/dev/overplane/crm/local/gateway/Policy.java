package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an authorizer answered: who calls, what they may, and what the functions are told.
///
/// @param context each value as text, as API Gateway passes it on
record Policy(String principalId, List<Statement> statements, Map<String, String> context) {

    Policy {
        statements = List.copyOf(statements);
        context = Map.copyOf(context);
    }

    record Statement(boolean allow, List<Pattern> actions, List<Pattern> resources) {

        boolean covers(String methodArn) {
            return matches(actions, "execute-api:Invoke") && matches(resources, methodArn);
        }

        private static boolean matches(List<Pattern> patterns, String text) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
        }
    }

    /// Whether the call is allowed: a Deny that covers it wins over any Allow.
    boolean allows(String methodArn) {
        var covering = statements.stream()
                .filter(statement -> statement.covers(methodArn))
                .toList();
        return !covering.isEmpty() && covering.stream().allMatch(Statement::allow);
    }

    /// Empty when the answer is no policy.
    static Optional<Policy> parse(JsonNode answer) {
        var principal = answer.path("principalId");
        var statements = new ArrayList<Statement>();
        for (var statement : elements(answer.path("policyDocument").path("Statement"))) {
            var effect = statement.path("Effect").asText();
            var actions = patterns(statement.path("Action"), Pattern.CASE_INSENSITIVE);
            var resources = patterns(statement.path("Resource"), 0);
            if (!(effect.equals("Allow") || effect.equals("Deny")) || actions.isEmpty() || resources.isEmpty()) {
                return Optional.empty();
            }
            statements.add(new Statement(effect.equals("Allow"), actions, resources));
        }
        var context = context(answer.path("context"));
        if (!principal.isTextual() || statements.isEmpty() || context.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Policy(principal.asText(), statements, context.get()));
    }

    private static Optional<Map<String, String>> context(JsonNode node) {
        var context = new LinkedHashMap<String, String>();
        for (var property : node.properties()) {
            var value = property.getValue();
            if (value.isContainerNode()) {
                return Optional.empty();
            }
            if (!value.isNull()) {
                context.put(property.getKey(), value.asText());
            }
        }
        return node.isMissingNode() || node.isNull() || node.isObject() ? Optional.of(context) : Optional.empty();
    }

    private static List<Pattern> patterns(JsonNode node, int flags) {
        return elements(node).stream()
                .filter(JsonNode::isTextual)
                .map(element -> Pattern.compile(expression(element.asText()), flags))
                .toList();
    }

    private static String expression(String wildcards) {
        var expression = new StringBuilder();
        for (var c : wildcards.toCharArray()) {
            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return expression.toString();
    }

    /// A single value stands for a list of one.
    private static List<JsonNode> elements(JsonNode node) {
        if (!node.isArray()) {
            return node.isMissingNode() || node.isNull() ? List.of() : List.of(node);
        }
        var elements = new ArrayList<JsonNode>();
        node.forEach(elements::add);
        return elements;
    }
}
