package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.Router.Match;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Creates the events that API Gateway passes to functions: of a proxy integration, payload version 1.0, and of
/// a REQUEST authorizer.
final class ProxyEvent {

    /// Headers of the connection, which API Gateway does not pass on.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "expect", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private ProxyEvent() {}

    /// @param requestContext with the authorizer's context
    static byte[] integration(HttpRequest request, Match match, ObjectNode requestContext) {
        var event = common(request, match, JsonNodeFactory.instance.nullNode());
        event.set("requestContext", requestContext);
        var body = request.body().orElseThrow();
        event.put("body", body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
        event.put("isBase64Encoded", false);
        return bytes(event);
    }

    static byte[] authorizer(HttpRequest request, Match match, ObjectNode requestContext, String methodArn) {
        // An authorizer gets empty maps where an integration gets null.
        var event = common(request, match, JsonNodeFactory.instance.objectNode());
        event.put("type", "REQUEST");
        event.put("methodArn", methodArn);
        event.set("requestContext", requestContext);
        return bytes(event);
    }

    private static ObjectNode common(HttpRequest request, Match match, JsonNode none) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("resource", match.route().path());
        event.put("path", request.path());
        event.put("httpMethod", request.method());
        var headers = headers(request);
        event.set("headers", last(headers, none));
        event.set("multiValueHeaders", all(headers, none));
        var query = PercentEncoding.decodeQuery(request.query());
        event.set("queryStringParameters", last(query, none));
        event.set("multiValueQueryStringParameters", all(query, none));
        var path = new LinkedHashMap<String, List<String>>();
        match.pathParameters().forEach((name, value) -> path.put(name, List.of(value)));
        event.set("pathParameters", last(path, none));
        event.set("stageVariables", none);
        return event;
    }

    private static Map<String, List<String>> headers(HttpRequest request) {
        // Values of a header whose name occurs in several cases are listed under the first.
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var header : request.headers()) {
            if (!HOP_BY_HOP.contains(header.name().toLowerCase(Locale.ROOT))) {
                headers.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value());
            }
        }
        headers.computeIfAbsent("X-Forwarded-For", _ -> new ArrayList<>()).add(request.sourceIp());
        headers.put("X-Forwarded-Proto", List.of("http"));
        headers.put("X-Forwarded-Port", List.of(port(request)));
        headers.computeIfAbsent(
                "X-Amzn-Trace-Id",
                _ -> List.of("Root=1-" + Long.toHexString(request.received().getEpochSecond()) + "-"
                        + request.id().replace("-", "").substring(0, 24)));
        return headers;
    }

    private static String port(HttpRequest request) {
        var host = request.header("Host").orElse("");
        return host.matches(".*:\\d+") ? host.substring(host.lastIndexOf(':') + 1) : "80";
    }

    private static JsonNode last(Map<String, List<String>> values, JsonNode none) {
        var map = JsonNodeFactory.instance.objectNode();
        values.forEach((name, list) -> map.put(name, list.getLast()));
        return values.isEmpty() ? none : map;
    }

    private static JsonNode all(Map<String, List<String>> values, JsonNode none) {
        var map = JsonNodeFactory.instance.objectNode();
        values.forEach((name, list) -> list.forEach(map.putArray(name)::add));
        return values.isEmpty() ? none : map;
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
