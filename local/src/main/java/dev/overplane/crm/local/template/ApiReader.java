package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the `AWS::Serverless::Api` and the routes to it.
final class ApiReader {

    private static final Pattern PATH = Pattern.compile("/|(/([A-Za-z0-9._~:-]+|\\{[A-Za-z0-9._-]+}))+");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY");
    /// SAM's own default.
    private static final int REAUTHORIZE_EVERY = 300;

    private final Node api;
    private final Map<String, String> functionsByArn;
    private final Optional<String> defaultAuthorizer;

    /// @param functionsByArn logical ids by ARN, for the reference to the authorizer
    ApiReader(Node api, Map<String, String> functionsByArn) {
        this.api = api;
        this.functionsByArn = functionsByArn;
        this.defaultAuthorizer = api.at("Auth").at("DefaultAuthorizer").optionalText();
    }

    Api read(List<Route> routes) {
        return new Api(Resources.API_ID, api.at("StageName").text(), routes, authorizer(), gatewayResponses());
    }

    Route route(String function, Node event) {
        if (!event.at("RestApiId").text().equals(Resources.API_ID)) {
            throw event.error("belongs to no API of this template: give its RestApiId");
        }
        var method = event.at("Method").text().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw event.at("Method").error("cannot be " + method);
        }
        var path = event.at("Path").text();
        if (!PATH.matcher(path).matches()) {
            throw event.at("Path").error("is not a path of segments and {variables}: " + path);
        }
        var named = event.at("Auth").at("Authorizer").optionalText().or(() -> defaultAuthorizer);
        return new Route(
                method,
                path,
                function,
                named.filter(name -> !name.equals("NONE")).isPresent());
    }

    private Optional<AuthorizerSettings> authorizer() {
        var authorizers = api.at("Auth").at("Authorizers").members();
        if (authorizers.size() > 1) {
            throw api.at("Auth").at("Authorizers").error("names several authorizers, the local stack runs one");
        }
        defaultAuthorizer.filter(name -> !authorizers.containsKey(name)).ifPresent(name -> {
            throw api.at("Auth").at("DefaultAuthorizer").error("names no authorizer: " + name);
        });
        return authorizers.values().stream().findFirst().map(this::authorizer);
    }

    private AuthorizerSettings authorizer(Node authorizer) {
        if (!authorizer.at("FunctionPayloadType").text().equals("REQUEST")) {
            throw authorizer.at("FunctionPayloadType").error("must be REQUEST for the local stack");
        }
        var arn = authorizer.at("FunctionArn").text();
        var function = Optional.ofNullable(functionsByArn.get(arn))
                .or(() -> Optional.ofNullable(functionsByArn.get(arn.substring(0, arn.lastIndexOf(':')))))
                .orElseThrow(() -> authorizer.at("FunctionArn").error("is no function of this template"));
        var identity = authorizer.at("Identity");
        var headers = identity.at("Headers").elements();
        if (headers.size() != 1
                || !Set.of("Headers", "ReauthorizeEvery")
                        .containsAll(identity.members().keySet())) {
            throw identity.error("must be one header, for the local stack");
        }
        return new AuthorizerSettings(
                function,
                headers.getFirst().text(),
                Duration.ofSeconds(identity.at("ReauthorizeEvery").number(REAUTHORIZE_EVERY)));
    }

    private Map<String, GatewayResponse> gatewayResponses() {
        var responses = new LinkedHashMap<String, GatewayResponse>();
        api.at("GatewayResponses")
                .members()
                .forEach((type, response) -> responses.put(type, gatewayResponse(response)));
        return responses;
    }

    private static GatewayResponse gatewayResponse(Node response) {
        var parameters = response.at("ResponseParameters");
        if (!Set.of("Headers").containsAll(parameters.members().keySet())) {
            throw parameters.error("may set Headers only, for the local stack");
        }
        var status = response.at("StatusCode");
        return new GatewayResponse(
                status.present() ? OptionalInt.of(status.number(0)) : OptionalInt.empty(),
                texts(parameters.at("Headers")),
                texts(response.at("ResponseTemplates")));
    }

    private static Map<String, String> texts(Node map) {
        var texts = new LinkedHashMap<String, String>();
        map.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
