package dev.overplane.crm.local.template;

import java.util.Map;
import java.util.OptionalInt;

/// Describes a response that API Gateway itself renders: a gateway response, or that of a mock integration.
///
/// @param status overrides API Gateway's status; empty keeps it
/// @param headers name to expression: `'a literal'` or a variable, `context.…`
/// @param templates media type to body, in which `$context.…` is a variable
public record ResponseTemplate(OptionalInt status, Map<String, String> headers, Map<String, String> templates) {

    public ResponseTemplate {
        headers = Map.copyOf(headers);
        templates = Map.copyOf(templates);
    }
}
