package dev.overplane.crm.local.template;

import dev.overplane.crm.local.template.Route.Integration.Mock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the routes of an API's `DefinitionBody`, which respond without a function. SAM merges the functions'
/// events into it.
final class MockRouteReader {

    private static final String ANY = "x-amazon-apigateway-any-method";
    private static final String INTEGRATION = "x-amazon-apigateway-integration";
    private static final String HEADER = "method.response.header.";
    /// What a mock integration reads its status from.
    private static final Pattern STATUS = Pattern.compile("\\{\"statusCode\": *(?<status>[2-5]\\d\\d)}");

    private MockRouteReader() {}

    /// @param api the properties of the API
    static List<Route> read(TemplateValue api) {
        var definition = api.at("DefinitionBody");
        if (definition.isPresent() && !api.at("MergeDefinitions").optionalText().equals(Optional.of("true"))) {
            throw api.error("has a DefinitionBody, so MergeDefinitions must be true: SAM would leave out the events");
        }
        var routes = new ArrayList<Route>();
        definition
                .at("paths")
                .members()
                .forEach((path, methods) -> methods.members()
                        .forEach((method, operation) -> routes.add(new Route(
                                method.equals(ANY) ? "ANY" : method.toUpperCase(Locale.ROOT),
                                path,
                                mock(operation.at(INTEGRATION)),
                                isAuthorized(operation)))));
        return routes;
    }

    /// SAM gives the default authorizer to every operation that does not name the authorizer `NONE`, even where
    /// `security` is an empty list.
    private static boolean isAuthorized(TemplateValue operation) {
        return operation.at("security").elements().stream()
                .noneMatch(requirement -> requirement.members().containsKey("NONE"));
    }

    private static Mock mock(TemplateValue integration) {
        if (!integration.at("type").text().equals("mock")) {
            throw integration.at("type").error("must be mock for the local stack");
        }
        if (!integration.at("passthroughBehavior").text().equals("never")) {
            throw integration.at("passthroughBehavior").error("must be never for the local stack");
        }
        var response = integration.at("responses").at("default");
        var status = response.at("statusCode").text();
        var requests = integration.at("requestTemplates").members();
        requests.values().forEach(template -> {
            Matcher matcher = STATUS.matcher(template.text());
            if (!matcher.matches() || !matcher.group("status").equals(status)) {
                throw template.error("must be {\"statusCode\": " + status + "}, the status of the default response");
            }
        });
        return new Mock(
                requests.keySet(),
                new ResponseTemplate(
                        OptionalInt.of(Integer.parseInt(status)),
                        headers(response.at("responseParameters")),
                        response.at("responseTemplates").texts()));
    }

    private static Map<String, String> headers(TemplateValue parameters) {
        var headers = new LinkedHashMap<String, String>();
        parameters.texts().forEach((name, expression) -> {
            if (!name.startsWith(HEADER)) {
                throw parameters.error("may set headers only, for the local stack");
            }
            headers.put(name.substring(HEADER.length()), expression);
        });
        return headers;
    }
}
