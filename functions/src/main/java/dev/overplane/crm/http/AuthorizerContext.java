package dev.overplane.crm.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// The caller as our authorizer hands it to API Gateway, and as API Gateway hands it on with each request: the
/// [context](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
/// of an authorizer, whose values arrive as strings, whatever their type was.
public final class AuthorizerContext {

    private static final String ACCOUNT = "account";
    private static final String LIVEMODE = "livemode";
    private static final String SCOPE = "scope";
    private static final String KEY_ID = "key_id";
    /// Seconds since the epoch; absent if the key does not expire.
    private static final String EXPIRES_AT = "expires_at";

    private AuthorizerContext() {}

    /// Writes the caller as a JSON object.
    public static void write(JsonGenerator json, Caller caller) throws IOException {
        json.writeStartObject();
        json.writeStringField(ACCOUNT, caller.tenant().account().value());
        json.writeBooleanField(LIVEMODE, caller.tenant().livemode());
        json.writeStringField(SCOPE, caller.scope().label());
        json.writeStringField(KEY_ID, caller.keyId());
        if (caller.expiresAt().isPresent()) {
            json.writeNumberField(EXPIRES_AT, caller.expiresAt().get().getEpochSecond());
        }
        json.writeEndObject();
    }

    /// Reads the caller back.
    ///
    /// @throws IllegalArgumentException if our authorizer has not written it: a fault of the deployment
    static Caller read(JsonNode context) {
        return new Caller(
                new Tenant(
                        new AccountId(EventMembers.text(context, ACCOUNT)),
                        Boolean.parseBoolean(EventMembers.text(context, LIVEMODE))),
                Scope.parse(EventMembers.text(context, SCOPE))
                        .orElseThrow(() -> new IllegalArgumentException("the event has an unknown scope")),
                EventMembers.text(context, KEY_ID),
                expiresAt(context));
    }

    private static Optional<Instant> expiresAt(JsonNode context) {
        return context.hasNonNull(EXPIRES_AT)
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(EventMembers.text(context, EXPIRES_AT))))
                : Optional.empty();
    }
}
