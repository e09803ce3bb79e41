package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Parses the response of a function to a proxy integration.
final class ProxyResponse {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> MEMBERS =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
    /// Headers that API Gateway sets itself. A function's are renamed with the prefix. AWS's guide lists more, but
    /// only these are: see [ministack, pull request 1756](https://github.com/ministackorg/ministack/pull/1756).
    private static final Set<String> REMAPPED = Set.of("connection", "content-length", "date", "server");
    private static final String REMAPPED_PREFIX = "x-amzn-Remapped-";

    private ProxyResponse() {}

    /// Returns empty if the response is malformed.
    static Optional<HttpResponse> parse(byte[] payload) {
        try {
            return read(JSON.readTree(payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<HttpResponse> read(JsonNode response) {
        var status = response.path("statusCode");
        var isValid = response.isObject()
                && response.properties().stream().allMatch(member -> MEMBERS.contains(member.getKey()))
                && status.isInt()
                && status.intValue() >= 200
                && status.intValue() <= 599
                && absentOr(response.path("headers"), JsonNode::isObject)
                && absentOr(response.path("multiValueHeaders"), JsonNode::isObject)
                && absentOr(response.path("body"), JsonNode::isTextual)
                && absentOr(response.path("isBase64Encoded"), JsonNode::isBoolean);
        if (!isValid) {
            return Optional.empty();
        }
        var body = body(response.path("body"), response.path("isBase64Encoded").booleanValue());
        var headers = headers(response);
        if (body.isEmpty() || headers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HttpResponse(status.intValue(), headers.get(), body.get()));
    }

    private static Optional<byte[]> body(JsonNode body, boolean base64) {
        var text = body.isTextual() ? body.textValue() : "";
        try {
            return Optional.of(base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Merges both maps of headers. A header in both has the values of `multiValueHeaders`.
    private static Optional<List<Header>> headers(JsonNode response) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var header : response.path("headers").properties()) {
            if (header.getValue().isContainerNode()) {
                return Optional.empty();
            }
            values.put(header.getKey(), List.of(header.getValue().asText()));
        }
        for (var header : response.path("multiValueHeaders").properties()) {
            if (!header.getValue().isArray()) {
                return Optional.empty();
            }
            var list = new ArrayList<String>();
            header.getValue().forEach(value -> list.add(value.asText()));
            values.put(header.getKey(), list);
        }
        // API Gateway's default.
        values.putIfAbsent("Content-Type", List.of("application/json"));
        var headers = new ArrayList<Header>();
        values.forEach((name, list) -> list.forEach(value -> headers.add(new Header(remapped(name), value))));
        return Optional.of(headers);
    }

    private static String remapped(String name) {
        return REMAPPED.contains(name.toLowerCase(Locale.ROOT)) ? REMAPPED_PREFIX + name : name;
    }

    private static boolean absentOr(JsonNode node, Predicate<JsonNode> type) {
        return node.isMissingNode() || node.isNull() || type.test(node);
    }
}
