package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.overplane.crm.local.StackException;
import dev.overplane.crm.local.template.GatewayResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words the gateway's own answers as the template wants them, or as API Gateway does where it says nothing.
///
/// Templates are API Gateway's simple substitution, `$context.name`, not VTL. What a template or header
/// expression may name is checked at start.
final class GatewayResponses {

    private static final GatewayResponse BUILT_IN = new GatewayResponse(
            OptionalInt.empty(), Map.of(), Map.of("application/json", "{\"message\":$context.error.messageString}"));
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z]+(?:\\.[A-Za-z0-9_]+)*)");
    private static final Set<String> KNOWN = Set.of(
            "accountId",
            "apiId",
            "domainName",
            "domainPrefix",
            "error.message",
            "error.messageString",
            "error.responseType",
            "extendedRequestId",
            "httpMethod",
            "identity.sourceIp",
            "identity.userAgent",
            "path",
            "protocol",
            "requestId",
            "requestTime",
            "requestTimeEpoch",
            "resourceId",
            "resourcePath",
            "stage");

    private final Map<String, GatewayResponse> byType;

    /// @throws StackException if a type, variable or expression is not known
    GatewayResponses(Map<String, GatewayResponse> byType) {
        this.byType = Map.copyOf(byType);
        byType.forEach(GatewayResponses::check);
    }

    /// @param context the request's, with `authorizer` if it said anything
    GatewayAnswer word(Fault fault, ObjectNode context, GatewayRequest request) {
        var response = responseTo(fault.type());
        var variables = context.deepCopy();
        variables
                .putObject("error")
                .put("message", fault.type().message())
                .put("messageString", TextNode.valueOf(fault.type().message()).toString())
                .put("responseType", fault.type().name());
        var template = response.templates().entrySet().stream().findFirst();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        template.ifPresent(t -> headers.put("Content-Type", t.getKey()));
        response.headers().forEach((name, expression) -> {
            var value = evaluate(expression, variables, request);
            if (!value.isEmpty()) {
                headers.put(name, value);
            }
        });
        var lines = new ArrayList<Header>();
        headers.forEach((name, value) -> lines.add(new Header(name, value)));
        var body = template.map(t -> VARIABLE.matcher(t.getValue())
                        .replaceAll(m -> Matcher.quoteReplacement(value(variables, m.group(1)))))
                .orElse("");
        return new GatewayAnswer(
                response.status().orElse(fault.status()), lines, body.getBytes(StandardCharsets.UTF_8));
    }

    private GatewayResponse responseTo(FaultType type) {
        var own = byType.get(type.name());
        return own != null ? own : byType.getOrDefault(type.fallback().name(), BUILT_IN);
    }

    private static String evaluate(String expression, JsonNode variables, GatewayRequest request) {
        if (expression.startsWith("'")) {
            return expression.substring(1, expression.length() - 1);
        }
        return expression.startsWith("context.")
                ? value(variables, expression.substring("context.".length()))
                : request.header(expression.substring("method.request.header.".length()))
                        .orElse("");
    }

    private static String value(JsonNode variables, String name) {
        var node = variables;
        for (var part : name.split("\\.")) {
            node = node.path(part);
        }
        return node.isNull() ? "" : node.asText();
    }

    private static void check(String type, GatewayResponse response) {
        if (Arrays.stream(FaultType.values()).noneMatch(known -> known.name().equals(type))) {
            throw new StackException("template.yaml: there is no gateway response type " + type + ".");
        }
        response.headers().forEach((name, expression) -> {
            var literal = expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'");
            var variable = expression.startsWith("context.") && isKnown(expression.substring("context.".length()));
            if (!literal && !variable && !expression.matches("method\\.request\\.header\\.[A-Za-z0-9-]+")) {
                throw new StackException("template.yaml: gateway response " + type + ", header " + name
                        + ": the local stack does not know " + expression + ".");
            }
        });
        for (var template : response.templates().values()) {
            var unknown = VARIABLE.matcher(template)
                    .results()
                    .map(m -> m.group(1))
                    .filter(name -> !isKnown(name))
                    .findFirst();
            var rest = VARIABLE.matcher(template).replaceAll("");
            if (unknown.isPresent() || rest.contains("$") || rest.matches("(?s).*#(set|if|foreach|else|end)\\b.*")) {
                throw new StackException("template.yaml: gateway response " + type + ": the local stack does not know "
                        + unknown.map("$context."::concat).orElse("VTL") + ".");
            }
        }
    }

    private static boolean isKnown(String variable) {
        return KNOWN.contains(variable) || variable.startsWith("authorizer.");
    }
}
