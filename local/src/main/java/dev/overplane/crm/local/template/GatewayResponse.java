package dev.overplane.crm.local.template;

import java.util.Map;
import java.util.OptionalInt;

/// How the template wants API Gateway to word one kind of its own answers.
///
/// @param status empty for the status that API Gateway has for it
/// @param headers name to expression: `'a literal'`, `context.…` or `method.request.header.…`
/// @param templates media type to body, in which `$context.…` stands for a value
public record GatewayResponse(OptionalInt status, Map<String, String> headers, Map<String, String> templates) {

    public GatewayResponse {
        headers = Map.copyOf(headers);
        templates = Map.copyOf(templates);
    }
}
