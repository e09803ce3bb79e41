package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.key.ApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an authorizer's event says.
///
/// @param api the ARN of every method of the API and stage
/// @param key the API key of the request; empty if it has none, several, or one that is mistyped
record AuthorizerRequest(String api, Optional<ApiKey> key) {

    private static final Pattern BEARER = Pattern.compile("bearer +(?<key>\\S+) *", Pattern.CASE_INSENSITIVE);
    private static final Pattern METHOD_ARN = Pattern.compile("(?<api>arn:[^/]+/[^/]+)/.*");

    /// Decodes an event.
    ///
    /// @throws IllegalArgumentException if it is not the event of an authorizer of type REQUEST
    static AuthorizerRequest of(JsonNode event) {
        return new AuthorizerRequest(
                everyMethod(event.path("methodArn").asText()),
                authorization(event).flatMap(AuthorizerRequest::key));
    }

    private static String everyMethod(String methodArn) {
        Matcher matcher = METHOD_ARN.matcher(methodArn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the event has no methodArn");
        }
        return matcher.group("api") + "/*";
    }

    /// The value of the one `Authorization` header. With several, API Gateway and we might each look at another
    /// one. Events of AWS's own tools have single values only.
    private static Optional<String> authorization(JsonNode event) {
        return header(event.path("multiValueHeaders"))
                .map(values -> values.size() == 1 ? values.path(0).asText() : "")
                .or(() -> header(event.path("headers")).map(JsonNode::asText));
    }

    private static Optional<JsonNode> header(JsonNode headers) {
        return headers.propertyStream()
                .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<ApiKey> key(String authorization) {
        Matcher matcher = BEARER.matcher(authorization);
        return matcher.matches() ? ApiKey.parse(matcher.group("key")) : Optional.empty();
    }
}
