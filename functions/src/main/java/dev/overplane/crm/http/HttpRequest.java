package dev.overplane.crm.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that API Gateway's REST proxy integration sends to a function: an event of [payload format
/// 1.0](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html).
///
/// @param requestId API Gateway's `extendedRequestId`, which no client can choose; the response and the logs
///     carry it. Events of AWS's own tools lack it: then it is `gatewayRequestId`
/// @param gatewayRequestId API Gateway's `requestId`, by which its own logs and traces know the request. A
///     [client can choose it](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html)
/// @param method the method, such as `GET`
/// @param path path of the route, such as `/v1/api/crm/market-segment/{id}`: its template, with the stage or
///     base path in front. However a client spells the path, this is one and the same
/// @param pathParameters path parameters by name, as API Gateway passes them on
/// @param query decoded query parameters by name, each with all its values
/// @param headers header fields by lower-case name, each with all its values, but for `Authorization`, of which
///     nothing is kept
/// @param authorizations how many `Authorization` header fields there are
/// @param body the body
/// @param caller who sent it
public record HttpRequest(
        String requestId,
        String gatewayRequestId,
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        int authorizations,
        RequestBody body,
        Caller caller) {

    private static final String AUTHORIZATION = "authorization";

    /// Decodes an event.
    ///
    /// @throws IllegalArgumentException if it does not come from an API with our authorizer: a fault of the
    ///     deployment
    public static HttpRequest of(JsonNode event) {
        JsonNode context = event.path("requestContext");
        String gatewayRequestId = EventMembers.text(context, "requestId");
        Map<String, List<String>> headers = values(event.path("multiValueHeaders"), true);
        List<String> authorizations =
                Optional.ofNullable(headers.remove(AUTHORIZATION)).orElse(List.of());
        return new HttpRequest(
                context.path("extendedRequestId").asText(gatewayRequestId),
                gatewayRequestId,
                EventMembers.text(event, "httpMethod"),
                path(EventMembers.text(context, "path"), EventMembers.text(event, "resource")),
                pathParameters(event.path("pathParameters")),
                values(event.path("multiValueQueryStringParameters"), false),
                headers,
                authorizations.size(),
                new RequestBody(
                        event.path("body").asText(""),
                        event.path("isBase64Encoded").asBoolean()),
                AuthorizerContext.read(context.path("authorizer")));
    }

    /// The value of a header field; empty if it is absent.
    ///
    /// @param name name in any case
    /// @throws ApiException if the request has it more than once
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (values.size() > 1) {
            throw ApiException.invalid(name, "Send the header " + name + " only once.");
        }
        return values.stream().findFirst();
    }

    /// The value of a header field that holds a list; empty if it is absent. Several fields of one name make
    /// one list.
    ///
    /// @param name name in any case
    public Optional<String> listHeader(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    /// What tells it from others in a log; nothing of what the client wrote.
    @Override
    public String toString() {
        return requestId + " " + method + " " + path;
    }

    /// The stage or base path, which is all that comes before as many segments as the route has, and the route.
    private static String path(String sent, String route) {
        List<String> segments = segments(sent);
        var path = new StringBuilder();
        for (String segment : segments.subList(
                0, Math.max(0, segments.size() - segments(route).size()))) {
            path.append('/').append(segment);
        }
        return path.append(route).toString();
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static Map<String, String> pathParameters(JsonNode node) {
        var parameters = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            parameters.put(entry.getKey(), entry.getValue().asText());
        }
        return Map.copyOf(parameters);
    }

    private static Map<String, List<String>> values(JsonNode node, boolean ignoreCase) {
        var all = new LinkedHashMap<String, List<String>>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = ignoreCase ? entry.getKey().toLowerCase(Locale.ROOT) : entry.getKey();
            List<String> values = all.computeIfAbsent(name, absent -> new ArrayList<>());
            for (JsonNode value : entry.getValue()) {
                values.add(value.asText());
            }
        }
        return all;
    }
}
