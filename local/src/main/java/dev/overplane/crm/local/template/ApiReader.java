package dev.overplane.crm.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the `AWS::Serverless::Api`: its routes are the events of type `Api`, and those of its `DefinitionBody`.
final class ApiReader {

    private static final Pattern PATH =
            Pattern.compile("/|(/([A-Za-z0-9._~:-]+|\\{[A-Za-z0-9._-]+}))+(/\\{[A-Za-z0-9._-]+\\+})?");
    /// Sources of events that come by themselves. Here their functions run when they are invoked.
    private static final Set<String> SCHEDULES = Set.of("Schedule", "ScheduleV2");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY");
    /// SAM's default, in seconds.
    private static final int REAUTHORIZE_EVERY = 300;

    private final TemplateValue api;
    private final List<Function> functions;
    private final Optional<String> defaultAuthorizer;

    ApiReader(TemplateValue api, List<Function> functions) {
        this.api = api;
        this.functions = functions;
        this.defaultAuthorizer = api.at("Auth").at("DefaultAuthorizer").optionalText();
    }

    /// @param events the events of each function, by its logical id
    Api read(Map<String, List<TemplateValue>> events) {
        var routes = new ArrayList<Route>();
        events.forEach((function, sources) -> sources.stream()
                .filter(source -> !SCHEDULES.contains(source.at("Type").text()))
                .forEach(source -> routes.add(route(function, source))));
        routes.addAll(MockRouteReader.read(api));
        return new Api(References.API_ID, api.at("StageName").text(), routes, authorizer(), gatewayResponses());
    }

    private Route route(String function, TemplateValue source) {
        var type = source.at("Type").text();
        if (!type.equals("Api")) {
            throw source.error("is of type " + type + ": the local stack runs events of type Api and schedules only");
        }
        var event = source.at("Properties");
        if (!event.at("RestApiId").text().equals(References.API_ID)) {
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
        var authorizer = event.at("Auth").at("Authorizer").optionalText().or(() -> defaultAuthorizer);
        return Route.toFunction(
                method,
                path,
                function,
                authorizer.filter(name -> !name.equals("NONE")).isPresent());
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

    private AuthorizerSettings authorizer(TemplateValue authorizer) {
        if (!authorizer.at("FunctionPayloadType").text().equals("REQUEST")) {
            throw authorizer.at("FunctionPayloadType").error("must be REQUEST for the local stack");
        }
        var arn = authorizer.at("FunctionArn").text();
        var function = functions.stream()
                .filter(candidate -> arn.equals(candidate.arn()) || arn.startsWith(candidate.arn() + ":"))
                .findFirst()
                .orElseThrow(() -> authorizer.at("FunctionArn").error("is no function of this template"));
        var identity = authorizer.at("Identity");
        var headers = identity.at("Headers").elements();
        if (headers.size() != 1
                || !Set.of("Headers", "ReauthorizeEvery")
                        .containsAll(identity.members().keySet())) {
            throw identity.error("must be one header, for the local stack");
        }
        return new AuthorizerSettings(
                function.logicalId(),
                headers.getFirst().text(),
                Duration.ofSeconds(
                        identity.at("ReauthorizeEvery").optionalNumber().orElse(REAUTHORIZE_EVERY)));
    }

    private Map<String, ResponseTemplate> gatewayResponses() {
        var responses = new LinkedHashMap<String, ResponseTemplate>();
        api.at("GatewayResponses")
                .members()
                .forEach((type, response) -> responses.put(type, gatewayResponse(response)));
        return responses;
    }

    private static ResponseTemplate gatewayResponse(TemplateValue response) {
        var parameters = response.at("ResponseParameters");
        if (!Set.of("Headers").containsAll(parameters.members().keySet())) {
            throw parameters.error("may set Headers only, for the local stack");
        }
        return new ResponseTemplate(
                response.at("StatusCode").optionalNumber().map(OptionalInt::of).orElse(OptionalInt.empty()),
                parameters.at("Headers").texts(),
                response.at("ResponseTemplates").texts());
    }
}
