package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.key.ApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an authorizer's event says.
///
/// @param requestId API Gateway's identifier of the request, for the logs
/// @param api the ARN of every method of the API and stage
/// @param key the API key of the request; empty if it has none, or one that is mistyped
record AuthorizerRequest(String requestId, String api, Optional<ApiKey> key) {

    private static final Pattern BEARER = Pattern.compile("bearer +(?<key>\\S+) *", Pattern.CASE_INSENSITIVE);
    private static final Pattern METHOD_ARN = Pattern.compile("(?<api>arn:[^/]+/[^/]+)/");

    /// Decodes an event.
    ///
    /// @throws IllegalArgumentException if it is not the event of an authorizer of type REQUEST
    static AuthorizerRequest of(JsonNode event) {
        return new AuthorizerRequest(
                requestId(event.path("requestContext")),
                everyMethod(event.path("methodArn").asText()),
                authorization(event).flatMap(AuthorizerRequest::key));
    }

    /// The one that no client can choose; events of AWS's own tools have the other alone.
    private static String requestId(JsonNode context) {
        return context.path("extendedRequestId")
                .asText(context.path("requestId").asText());
    }

    private static String everyMethod(String methodArn) {
        Matcher matcher = METHOD_ARN.matcher(methodArn);
        // What follows is the path as the client sent it: anything.
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("the event has no methodArn");
        }
        return matcher.group("api") + "/*";
    }

    /// The value of the `Authorization` header, the last if there are several: the one by which API Gateway
    /// remembers our answer, so that the answer must be about this one. The operations, which see all of them,
    /// refuse a request that has several.
    private static Optional<String> authorization(JsonNode event) {
        return header(event.path("multiValueHeaders"))
                .map(values -> values.path(values.size() - 1))
                .or(() -> header(event.path("headers")))
                .map(JsonNode::asText);
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
