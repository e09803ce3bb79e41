package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.body;
import static dev.overplane.crm.local.gateway.TestApi.header;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.ResponseTemplate;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GatewayResponsesTest {

    @Test
    void a_type_has_the_templates_response() {
        var headers = Map.of(
                "Request-Id",
                "context.extendedRequestId",
                "Chosen-Id",
                "context.requestId",
                "Content-Type",
                "'text/plain'");
        var response = deny(Map.of(
                "ACCESS_DENIED", response(418, headers, "$context.extendedRequestId, $context.error.messageString.")));
        assertEquals(418, response.status());
        assertEquals(Optional.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM="), header(response, "Request-Id"));
        assertEquals(Optional.of("01234567-89ab-cdef-0123-456789abcdef"), header(response, "Chosen-Id"));
        assertEquals(Optional.of("text/plain"), header(response, "Content-Type"));
        assertEquals(
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM=, "
                        + "\"User is not authorized to access this resource with an explicit deny\".",
                body(response));
    }

    @Test
    void a_type_without_status_keeps_that_of_api_gateway() {
        assertEquals(
                403, deny(Map.of("ACCESS_DENIED", response(0, Map.of(), "{}"))).status());
    }

    @Test
    void a_type_that_the_template_lacks_has_the_default_response() {
        var response = deny(Map.of("DEFAULT_4XX", response(0, Map.of(), "$context.error.messageString")));
        assertEquals(403, response.status());
        assertEquals("\"User is not authorized to access this resource with an explicit deny\"", body(response));
    }

    @Test
    void the_status_of_a_default_applies_to_every_type_without_a_response() {
        assertEquals(
                404, deny(Map.of("DEFAULT_4XX", response(404, Map.of(), "{}"))).status());
        assertEquals(
                403, deny(Map.of("DEFAULT_5XX", response(404, Map.of(), "{}"))).status());
    }

    @Test
    void without_a_template_the_response_is_that_of_api_gateway() {
        var response = deny(Map.of());
        assertEquals(
                "{\"message\":\"User is not authorized to access this resource with an explicit deny\"}",
                body(response));
        assertEquals(Optional.of("application/json"), header(response, "Content-Type"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            ACCESS_DENIED | 'a'                  | $context.nonsense        | does not know $context.nonsense
            ACCESS_DENIED | 'a'                  | $context.requestIdentity | does not know $context.requestIdentity
            ACCESS_DENIED | 'a'                  | $input.body              | does not know $input.body
            ACCESS_DENIED | 'a'                  | #set(x = 1)              | does not know #set(x = 1)
            ACCESS_DENIED | unquoted             | {}                       | does not know unquoted
            ACCESS_DENIED | context.nonsense     | {}                       | does not know context.nonsense
            OUT_OF_TEA    | 'a'                  | {}                       | there is no gateway response type OUT_OF_TEA
            """, quoteCharacter = '`')
    void an_unknown_type_variable_or_expression_fails_the_start(
            String type, String header, String template, String message) {
        var error = assertThrows(
                StartupException.class,
                () -> new GatewayResponses(Map.of(type, response(0, Map.of("H", header), template))));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private static HttpResponse deny(Map<String, ResponseTemplate> responses) {
        var api = TestApi.of(responses, Clock.systemUTC(), TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);
        return api.handle(request("GET", "/echo/1", "", "Authorization", "deny"));
    }

    private static ResponseTemplate response(int status, Map<String, String> headers, String template) {
        return new ResponseTemplate(
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                headers,
                Map.of("application/json", template));
    }
}
