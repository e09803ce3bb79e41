package dev.overplane.crm.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.http.AuthorizerContext;
import java.io.IOException;
import java.util.Optional;

/// An authorizer's answer: a policy, and for a good key the caller as context.
///
/// A bad key gets a Deny policy rather than the error `Unauthorized`. API Gateway can then tell it from a
/// missing key, caches the refusal, and counts no function error for a client's mistake. The policy covers the
/// whole API, because API Gateway caches it for every method; each operation decides what a `read_only` key may
/// do.
///
/// @param api the ARN of every method of the API and stage
/// @param caller whom the key identifies; empty to deny
record AuthorizerResponse(String api, Optional<Caller> caller) {

    /// Writes it as API Gateway reads it.
    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("principalId", caller.map(Caller::keyId).orElse("anonymous"));
        json.writeFieldName("policyDocument");
        writePolicy(json);
        if (caller.isPresent()) {
            json.writeFieldName("context");
            AuthorizerContext.write(json, caller.get());
        }
        json.writeEndObject();
    }

    private void writePolicy(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("Version", "2012-10-17");
        json.writeArrayFieldStart("Statement");
        json.writeStartObject();
        json.writeStringField("Action", "execute-api:Invoke");
        json.writeStringField("Effect", caller.isPresent() ? "Allow" : "Deny");
        json.writeStringField("Resource", api);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }
}
