package dev.overplane.crm.key;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides whether a request may pass: a Lambda authorizer of type REQUEST, see [API Gateway's
/// guide](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
///
/// A bad key is refused by a Deny policy rather than by the error `Unauthorized`: API Gateway then can tell it
/// from a missing key, caches the refusal, and counts no function error for what is a client's mistake. The
/// policy is for the whole API, since API Gateway caches it for every method; what a `read_only` key may do is
/// decided by the operations.
///
/// Thread-safe.
public final class Authorizer {

    /// Short enough that a client hears within 5 s even if the store is out of reach.
    private static final Duration TIME_LIMIT = Duration.ofMillis(2_500);

    private static final Pattern BEARER = Pattern.compile("bearer +(?<key>\\S+) *", Pattern.CASE_INSENSITIVE);
    private static final Pattern METHOD_ARN = Pattern.compile("(?<api>arn:[^/]+/[^/]+)/.*");

    private final KeyTable table;
    private final InstantSource clock;

    public Authorizer(KeyTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The answer to an authorizer event: a policy, and for a good key the caller as context.
    public Json.Content authorize(JsonNode event) {
        String api = everyMethod(event.path("methodArn").asText());
        Optional<Caller> caller = authorization(event.path("multiValueHeaders")).flatMap(this::caller);
        return json -> {
            json.writeStartObject();
            json.writeStringField("principalId", caller.map(Caller::keyId).orElse("anonymous"));
            writePolicy(json, caller.isPresent() ? "Allow" : "Deny", api);
            if (caller.isPresent()) {
                writeContext(json, caller.get());
            }
            json.writeEndObject();
        };
    }

    private Optional<Caller> caller(String authorization) {
        Matcher matcher = BEARER.matcher(authorization);
        return matcher.matches()
                ? ApiKey.parse(matcher.group("key"))
                        .flatMap(key -> table.find(key, Deadline.in(TIME_LIMIT)))
                        .filter(key -> key.isActive(clock.instant()))
                        .map(StoredKey::caller)
                : Optional.empty();
    }

    /// The value of the one `Authorization` header. With several, API Gateway and we might each look at another
    /// one.
    private static Optional<String> authorization(JsonNode multiValueHeaders) {
        return multiValueHeaders
                .propertyStream()
                .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
                .map(Map.Entry::getValue)
                .filter(values -> values.size() == 1)
                .map(values -> values.path(0).asText())
                .findFirst();
    }

    private static String everyMethod(String methodArn) {
        Matcher matcher = METHOD_ARN.matcher(methodArn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the event has no methodArn");
        }
        return matcher.group("api") + "/*";
    }

    private static void writePolicy(JsonGenerator json, String effect, String resource) throws IOException {
        json.writeObjectFieldStart("policyDocument");
        json.writeStringField("Version", "2012-10-17");
        json.writeArrayFieldStart("Statement");
        json.writeStartObject();
        json.writeStringField("Action", "execute-api:Invoke");
        json.writeStringField("Effect", effect);
        json.writeStringField("Resource", resource);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeContext(JsonGenerator json, Caller caller) throws IOException {
        json.writeObjectFieldStart("context");
        json.writeStringField("account", caller.tenant().account().value());
        json.writeBooleanField("livemode", caller.tenant().livemode());
        json.writeStringField("scope", caller.scope().label());
        json.writeStringField("key_id", caller.keyId());
        json.writeEndObject();
    }
}
