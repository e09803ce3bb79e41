package dev.overplane.crm.local.template;

import java.util.Map;
import java.util.OptionalInt;

/// Describes the response that API Gateway itself gives to one type of error.
///
/// @param status overrides API Gateway's status; empty keeps it
/// @param headers name to expression: `'a literal'` or a variable, `context.…`
/// @param templates media type to body, in which `$context.…` is a variable
public record GatewayResponse(OptionalInt status, Map<String, String> headers, Map<String, String> templates) {

    public GatewayResponse {
        headers = Map.copyOf(headers);
        templates = Map.copyOf(templates);
    }
}
