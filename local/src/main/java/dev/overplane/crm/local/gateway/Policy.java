package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The policy that an authorizer returns, with the caller's identity and the context for the functions.
///
/// @param context each value as text, as API Gateway passes it to functions
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

    /// Says whether the policy allows a call. A Deny that covers it overrides every Allow.
    boolean allows(String methodArn) {
        var covering = statements.stream()
                .filter(statement -> statement.covers(methodArn))
                .toList();
        return !covering.isEmpty() && covering.stream().allMatch(Statement::allow);
    }

    /// Returns empty if the authorizer's response is not a policy.
    static Optional<Policy> parse(JsonNode response) {
        var principal = response.path("principalId");
        var statements = new ArrayList<Statement>();
        for (var statement : elements(response.path("policyDocument").path("Statement"))) {
            var effect = statement.path("Effect").asText();
            var actions = patterns(statement.path("Action"), Pattern.CASE_INSENSITIVE);
            var resources = patterns(statement.path("Resource"), 0);
            if (!(effect.equals("Allow") || effect.equals("Deny")) || actions.isEmpty() || resources.isEmpty()) {
                return Optional.empty();
            }
            statements.add(new Statement(effect.equals("Allow"), actions, resources));
        }
        var context = context(response.path("context"));
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
        for (var i = 0; i < wildcards.length(); i++) {
            var c = wildcards.charAt(i);
            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return expression.toString();
    }

    /// Returns the elements of a list, or a single value as a list of one.
    private static List<JsonNode> elements(JsonNode node) {
        if (!node.isArray()) {
            return node.isMissingNode() || node.isNull() ? List.of() : List.of(node);
        }
        var elements = new ArrayList<JsonNode>();
        node.forEach(elements::add);
        return elements;
    }
}
