package dev.overplane.crm.testing.client;

import com.fasterxml.jackson.databind.JsonNode;

/// What came of a request or an invocation.
public sealed interface Outcome permits ApiResponse, Invocation {

    boolean isSuccess();

    /// The body of the response, or what the function returned.
    JsonNode json();
}
