package dev.overplane.crm.local.gateway;

import java.util.Map;

/// The result of authorizing a request.
sealed interface AuthorizerResult {

    /// @param latency milliseconds that the authorizer took; 0 for a cached policy
    record Allowed(String principalId, Map<String, String> context, long latency) implements AuthorizerResult {}

    record Denied(GatewayError error) implements AuthorizerResult {}
}
