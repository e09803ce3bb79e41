package dev.overplane.crm.testing.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// The response of Lambda's Invoke API.
///
/// @param error the header `X-Amz-Function-Error`, if the function failed
/// @param json what the function returned, or its `errorMessage` and `errorType`
public record Invocation(int status, Optional<String> error, JsonNode json) implements Outcome {

    @Override
    public boolean isSuccess() {
        return status == 200 && error.isEmpty();
    }

    /// What the function returned; it must have succeeded.
    public JsonNode result() {
        assertEquals(200, status, json::toString);
        assertEquals(Optional.empty(), error, json::toString);
        return json;
    }
}
