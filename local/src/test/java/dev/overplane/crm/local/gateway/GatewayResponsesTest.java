package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.gateway.TestApi.header;
import static dev.overplane.crm.local.gateway.TestApi.request;
import static dev.overplane.crm.local.gateway.TestApi.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.StackException;
import dev.overplane.crm.local.template.GatewayResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayResponsesTest {

    @Test
    void aTypeIsWordedAsTheTemplateSays() {
        var answer = deny(
                Map.of(
                        "ACCESS_DENIED",
                        response(
                                418,
                                Map.of(
                                        "Request-Id",
                                        "context.requestId",
                                        "Content-Type",
                                        "'text/plain'",
                                        "Sent",
                                        "method.request.header.x-sent"),
                                "$context.requestId, $context.error.message, $context.authorizer.account, $context.httpMethod.")));
        assertEquals(418, answer.status());
        assertEquals(Optional.of("01234567-89ab-cdef-0123-456789abcdef"), header(answer, "Request-Id"));
        assertEquals(Optional.of("text/plain"), header(answer, "Content-Type"));
        assertEquals(Optional.of("yes"), header(answer, "Sent"));
        assertEquals(
                "01234567-89ab-cdef-0123-456789abcdef, User is not authorized to access this resource with an explicit deny, acct_1, GET.",
                text(answer));
    }

    @Test
    void aTypeWithoutStatusKeepsApiGateways() {
        assertEquals(
                403, deny(Map.of("ACCESS_DENIED", response(0, Map.of(), "{}"))).status());
    }

    @Test
    void aTypeThatTheTemplateDoesNotNameIsWordedAsItsDefault() {
        var answer = deny(Map.of("DEFAULT_4XX", response(0, Map.of(), "$context.error.responseType")));
        assertEquals(403, answer.status());
        assertEquals("ACCESS_DENIED", text(answer));
    }

    @Test
    void theStatusOfADefaultRewritesAll() {
        assertEquals(
                404, deny(Map.of("DEFAULT_4XX", response(404, Map.of(), "{}"))).status());
        assertEquals(
                403, deny(Map.of("DEFAULT_5XX", response(404, Map.of(), "{}"))).status());
    }

    @Test
    void withoutATemplateTheWordsAreApiGateways() {
        var answer = deny(Map.of());
        assertEquals(
                "{\"message\":\"User is not authorized to access this resource with an explicit deny\"}", text(answer));
        assertEquals(Optional.of("application/json"), header(answer, "Content-Type"));
    }

    @Test
    void aHeaderThatWasNotSentIsLeftOut() {
        var answer = deny(Map.of("ACCESS_DENIED", response(0, Map.of("Other", "method.request.header.other"), "{}")));
        assertEquals(Optional.empty(), header(answer, "Other"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            ACCESS_DENIED | 'a'                  | $context.nonsense        | does not know $context.nonsense
            ACCESS_DENIED | 'a'                  | $input.body              | does not know VTL
            ACCESS_DENIED | 'a'                  | #set($x = 1)             | does not know VTL
            ACCESS_DENIED | unquoted             | {}                       | does not know unquoted
            ACCESS_DENIED | context.nonsense     | {}                       | does not know context.nonsense
            OUT_OF_TEA    | 'a'                  | {}                       | there is no gateway response type OUT_OF_TEA
            """, quoteCharacter = '`')
    void whatIsNotKnownIsAnErrorAtStart(String type, String header, String template, String message) {
        var error = assertThrows(
                StackException.class,
                () -> new GatewayResponses(Map.of(type, response(0, Map.of("H", header), template))));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private static GatewayAnswer deny(Map<String, GatewayResponse> responses) {
        var api = TestApi.of(responses, Clock.systemUTC(), TestApi.TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);
        return api.handle(request("GET", "/echo/1", "", "Authorization", "deny", "X-Sent", "yes"));
    }

    private static GatewayResponse response(int status, Map<String, String> headers, String template) {
        return new GatewayResponse(
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                headers,
                Map.of("application/json", template));
    }
}
