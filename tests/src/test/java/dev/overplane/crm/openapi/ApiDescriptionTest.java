package dev.overplane.crm.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.local.LocalStackConfig;
import dev.overplane.crm.local.template.Api;
import dev.overplane.crm.local.template.Route;
import dev.overplane.crm.local.template.TemplateReader;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.openapi.ApiDescription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/// What `openapi.yaml` says beside the template and the contract's table. Behaviour is compared where it is seen:
/// [dev.overplane.crm.testing.client.ApiRequest#send()].
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiDescriptionTest {

    private final JsonNode document = ApiDescription.get().document();
    private final Api api = TemplateReader.read(LocalStackConfig.inMemory().template(), "eu-central-1")
            .api();

    @Test
    void the_operations_are_the_routes_of_the_template_that_lead_to_a_function() {
        var routes = api.routes().stream()
                .filter(route -> route.integration() instanceof Route.Integration.Proxy)
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(routes, ApiDescription.get().operations());
    }

    @Test
    void the_errors_are_those_of_the_contract_with_status_and_type() {
        var described = new HashSet<ApiError>();
        responses()
                .forEach((status, examples) -> examples.properties().forEach(example -> {
                    var error = example.getValue().at("/value/error");
                    assertEquals(example.getKey(), error.path("code").asText());
                    described.add(new ApiError(
                            status.status(),
                            error.path("type").asText(),
                            error.path("code").asText(),
                            Optional.empty()));
                }));
        assertEquals(ApiError.table(), described);
    }

    @Test
    void the_lists_of_codes_and_types_are_complete() {
        assertEquals(
                ApiError.table().stream().map(ApiError::code).collect(Collectors.toSet()),
                texts("/components/schemas/ErrorDetails/properties/code/x-extensible-enum"));
        assertEquals(
                ApiError.table().stream().map(ApiError::type).collect(Collectors.toSet()),
                texts("/components/schemas/ErrorDetails/properties/type/x-extensible-enum"));
    }

    @Test
    void what_the_gateway_answers_by_itself_is_an_example_to_the_word() {
        var words = new HashSet<String>();
        responses().values().forEach(examples -> examples.forEach(example -> words.add(words(example.get("value")))));
        var codes =
                Set.of("api_key_missing", "api_key_invalid", "internal_error", "method_not_allowed", "rate_limited");
        var seen = new HashSet<String>();
        for (var response : api.gatewayResponses().values()) {
            response.templates().values().forEach(text -> {
                var code = Json.read(text).at("/error/code").asText();
                if (codes.contains(code) || code.equals("timeout") || code.equals("service_unavailable")) {
                    assertTrue(words.contains(words(Json.read(text))), text);
                    seen.add(code);
                }
            });
        }
        assertTrue(seen.containsAll(Set.of("rate_limited", "timeout", "service_unavailable")), seen::toString);
    }

    private static String words(JsonNode body) {
        return body.at("/error/code").asText() + ": "
                + body.at("/error/message").asText();
    }

    private record Response(int status, String name) {}

    /// The examples of every response that is an error, with the status under which operations name it.
    private Map<Response, JsonNode> responses() {
        var found = new HashMap<Response, JsonNode>();
        for (var path : document.path("paths")) {
            for (var operation : path) {
                operation
                        .path("responses")
                        .properties()
                        .forEach(response -> Optional.ofNullable(
                                        response.getValue().path("$ref").textValue())
                                .ifPresent(reference -> add(found, Integer.parseInt(response.getKey()), reference)));
            }
        }
        add(found, 404, "#/components/responses/RouteUnknown");
        add(found, 405, "#/components/responses/MethodNotAllowed");
        assertEquals(document.at("/components/responses").size(), found.size(), "a response that no operation names");
        return found;
    }

    private void add(Map<Response, JsonNode> found, int status, String reference) {
        var pointer = reference.substring(1);
        found.put(new Response(status, pointer), document.at(pointer + "/content/application~1json/examples"));
    }

    private Set<String> texts(String pointer) {
        var texts = new HashSet<String>();
        document.at(pointer).forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
