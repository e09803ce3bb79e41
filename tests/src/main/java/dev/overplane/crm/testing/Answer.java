package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/// What a function answered.
///
/// @param status HTTP status; for a function without HTTP 200, or 0 if the invocation failed
/// @param headers header fields, by the names that the function gave them
/// @param body the body as JSON
/// @param failure what the invocation failed with, if it did
public record Answer(int status, Map<String, String> headers, JsonNode body, Optional<RuntimeException> failure) {

    /// The member `id` of the body.
    public String id() {
        return body.path("id").asText();
    }

    /// The error's code in the envelope.
    public String code() {
        return body.path("error").path("code").asText();
    }
}
