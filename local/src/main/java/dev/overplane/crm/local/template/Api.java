package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The REST API as the template describes it.
///
/// @param id what `!Ref` of the API means
/// @param gatewayResponses by type, as in `MISSING_AUTHENTICATION_TOKEN`
public record Api(
        String id,
        String stage,
        List<Route> routes,
        Optional<AuthorizerSettings> authorizer,
        Map<String, GatewayResponse> gatewayResponses) {

    public Api {
        routes = List.copyOf(routes);
        gatewayResponses = Map.copyOf(gatewayResponses);
    }
}
