package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.ResponseTemplate;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/// Renders the gateway's own responses by the template, or by API Gateway's defaults.
final class GatewayResponses {

    private static final ResponseTemplate DEFAULT = new ResponseTemplate(
            OptionalInt.empty(), Map.of(), Map.of("application/json", "{\"message\":$context.error.messageString}"));

    private final Map<String, ResponseTemplate> byType;

    /// @throws StartupException if the template has an unknown type, variable or expression
    GatewayResponses(Map<String, ResponseTemplate> byType) {
        this.byType = Map.copyOf(byType);
        byType.forEach(GatewayResponses::check);
    }

    HttpResponse render(GatewayError error, HttpRequest request) {
        var fallback = byType.getOrDefault(error.type().fallback().name(), DEFAULT);
        var template = byType.getOrDefault(error.type().name(), fallback);
        return ResponseRenderer.render(template, error.status(), error.message(), request);
    }

    private static void check(String type, ResponseTemplate response) {
        if (Arrays.stream(GatewayResponseType.values())
                .noneMatch(known -> known.name().equals(type))) {
            throw new StartupException("template.yaml: there is no gateway response type " + type + ".");
        }
        ResponseRenderer.check("gateway response " + type, response);
    }
}
