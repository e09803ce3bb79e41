package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Describes the REST API.
///
/// @param id the value of `!Ref` of the API
/// @param gatewayResponses by type, such as `MISSING_AUTHENTICATION_TOKEN`
public record Api(
        String id,
        String stage,
        List<Route> routes,
        Optional<AuthorizerSettings> authorizer,
        Map<String, ResponseTemplate> gatewayResponses) {

    public Api {
        routes = List.copyOf(routes);
        gatewayResponses = Map.copyOf(gatewayResponses);
    }
}
