package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.ResponseTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Renders responses of templates.
///
/// A header is a `'literal'` or a variable without the dollar sign. A body may contain `$context.requestId`,
/// `$context.extendedRequestId` and `$context.error.messageString`. Any other variable, and VTL, is an error at
/// start.
final class ResponseRenderer {

    private static final String REQUEST_ID = "context.requestId";
    private static final String EXTENDED_REQUEST_ID = "context.extendedRequestId";
    private static final String MESSAGE = "context.error.messageString";
    private static final Pattern VARIABLE = Pattern.compile("\\$("
            + String.join("|", Pattern.quote(REQUEST_ID), Pattern.quote(EXTENDED_REQUEST_ID), Pattern.quote(MESSAGE))
            + ")\\b");

    private ResponseRenderer() {}

    /// @param where what the template belongs to, for the error message
    /// @throws StartupException if the template has an unknown variable or expression
    static void check(String where, ResponseTemplate response) {
        response.headers().values().stream()
                .filter(expression ->
                        !isLiteral(expression) && variable(expression).isEmpty())
                .forEach(expression -> {
                    throw unknown(where, expression);
                });
        for (var template : response.templates().values()) {
            var rest = VARIABLE.matcher(template).replaceAll("");
            if (rest.contains("$") || rest.matches("(?s).*#(set|if|foreach|else|end)\\b.*")) {
                throw unknown(where, template);
            }
        }
    }

    /// @param status that of the response, unless the template has one
    /// @param message the text of `$context.error.messageString`
    static HttpResponse render(ResponseTemplate response, int status, String message, HttpRequest request) {
        var template = response.templates().entrySet().stream().findFirst();
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        template.ifPresent(t -> headers.put("Content-Type", t.getKey()));
        response.headers()
                .forEach((name, expression) -> headers.put(
                        name,
                        isLiteral(expression)
                                ? expression.substring(1, expression.length() - 1)
                                : value(expression, message, request)));
        var body = template.map(t -> VARIABLE.matcher(t.getValue())
                        .replaceAll(variable -> Matcher.quoteReplacement(value(variable.group(1), message, request))))
                .orElse("");
        return new HttpResponse(
                response.status().orElse(status),
                headers.entrySet().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String value(String variable, String message, HttpRequest request) {
        return switch (variable) {
            case REQUEST_ID -> request.requestId();
            case EXTENDED_REQUEST_ID -> request.extendedId();
            default -> TextNode.valueOf(message).toString();
        };
    }

    private static Optional<String> variable(String expression) {
        return Stream.of(REQUEST_ID, EXTENDED_REQUEST_ID, MESSAGE)
                .filter(expression::equals)
                .findFirst();
    }

    private static StartupException unknown(String where, String expression) {
        return new StartupException("template.yaml: " + where + ": the local stack does not know " + expression + ".");
    }

    private static boolean isLiteral(String expression) {
        return expression.length() > 1 && expression.startsWith("'") && expression.endsWith("'");
    }
}
