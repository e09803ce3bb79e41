package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.GatewayResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Renders the gateway's own responses by the template, or by API Gateway's defaults.
///
/// A header is a `'literal'` or `context.requestId`. A body may contain `$context.requestId` and
/// `$context.error.messageString`. Any other variable, and VTL, is an error at start.
final class GatewayResponses {

    private static final GatewayResponse DEFAULT = new GatewayResponse(
            OptionalInt.empty(), Map.of(), Map.of("application/json", "{\"message\":$context.error.messageString}"));
    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.(requestId|error\\.messageString)\\b");

    private final Map<String, GatewayResponse> byType;

    /// @throws StartupException if the template has an unknown type, variable or expression
    GatewayResponses(Map<String, GatewayResponse> byType) {
        this.byType = Map.copyOf(byType);
        byType.forEach(GatewayResponses::check);
    }

    HttpResponse render(GatewayError error, String requestId) {
        var fallback = byType.getOrDefault(error.type().fallback().name(), DEFAULT);
        var response = byType.getOrDefault(error.type().name(), fallback);
        var template = response.templates().entrySet().stream().findFirst();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        template.ifPresent(t -> headers.put("Content-Type", t.getKey()));
        response.headers()
                .forEach((name, expression) -> headers.put(
                        name, isLiteral(expression) ? expression.substring(1, expression.length() - 1) : requestId));
        var message = TextNode.valueOf(error.type().message()).toString();
        var body = template.map(t -> VARIABLE.matcher(t.getValue())
                        .replaceAll(variable ->
                                Matcher.quoteReplacement(variable.group(1).equals("requestId") ? requestId : message)))
                .orElse("");
        return new HttpResponse(
                response.status().orElse(error.status()),
                headers.entrySet().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(String type, GatewayResponse response) {
        if (Arrays.stream(GatewayResponseType.values())
                .noneMatch(known -> known.name().equals(type))) {
            throw new StartupException("template.yaml: there is no gateway response type " + type + ".");
        }
        response.headers().forEach((name, expression) -> {
            if (!isLiteral(expression) && !expression.equals("context.requestId")) {
                throw unknown(type, expression);
            }
        });
        for (var template : response.templates().values()) {
            var rest = VARIABLE.matcher(template).replaceAll("");
            if (rest.contains("$") || rest.matches("(?s).*#(set|if|foreach|else|end)\\b.*")) {
                throw unknown(type, template);
            }
        }
    }

    private static StartupException unknown(String type, String expression) {
        return new StartupException(
                "template.yaml: gateway response " + type + ": the local stack does not know " + expression + ".");
    }

    private static boolean isLiteral(String expression) {
        return expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'");
    }
}
