package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.key.ApiKey;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizerRequestTest {

    private static final String KEY = "sk_test_000000000000000000000000000000000000000000004k6zQ2";
    private static final String API = "arn:aws:execute-api:eu-central-1:123456789012:api/v1";

    private static ObjectNode event(String header, String... values) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("methodArn", API + "/GET/api/crm");
        event.putObject("requestContext").put("requestId", "r-1");
        ArrayNode array = event.putObject("multiValueHeaders").putArray(header);
        for (String value : values) {
            array.add(value);
        }
        return event;
    }

    private static Optional<String> key(ObjectNode event) {
        return AuthorizerRequest.of(event).key().map(ApiKey::reveal);
    }

    @ParameterizedTest
    @CsvSource({"Authorization, 'Bearer '", "authorization, 'bearer '", "AUTHORIZATION, 'BEARER   '"})
    void a_key_is_found_in_any_case(String header, String scheme) {
        assertEquals(Optional.of(KEY), key(event(header, scheme + KEY)));
        assertEquals(Optional.of(KEY), key(event(header, scheme + KEY + "  ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                KEY,
                "Basic " + KEY,
                "Bearer" + KEY,
                " Bearer " + KEY,
                "Bearer\t" + KEY,
                "Bearer " + KEY + " x",
                "Bearer " + KEY + ", Bearer " + KEY,
                "Bearer " + KEY + "0",
                "Bearer sk_test_000000000000000000000000000000000000000000004k6zQ3"
            })
    void anything_else_holds_no_key(String authorization) {
        assertEquals(Optional.empty(), key(event("Authorization", authorization)));
    }

    @Test
    void no_header_holds_no_key() {
        assertEquals(Optional.empty(), key(event("Accept", "Bearer " + KEY)));
        assertEquals(Optional.empty(), key(event("Authorization")));
        ObjectNode event = event("Authorization", "Bearer " + KEY);
        assertEquals(Optional.empty(), key(event.putNull("multiValueHeaders")));
        assertEquals(Optional.empty(), key(event.without("multiValueHeaders")));
    }

    /// API Gateway remembers our answer by the last of them.
    @Test
    void of_several_headers_the_last_counts() {
        assertEquals(Optional.of(KEY), key(event("Authorization", "Bearer x", "Bearer " + KEY)));
        assertEquals(Optional.empty(), key(event("Authorization", "Bearer " + KEY, "Bearer x")));
    }

    @Test
    void a_key_is_found_among_single_values_too() {
        ObjectNode event = event("Accept", "*/*");
        event.putObject("headers").put("authorization", "Bearer " + KEY);
        assertEquals(Optional.of(KEY), key(event));
        assertEquals(Optional.of(KEY), key(event.without("multiValueHeaders")));
    }

    @Test
    void the_request_id_is_for_the_logs() {
        ObjectNode event = event("Authorization");
        assertEquals("r-1", AuthorizerRequest.of(event).requestId());
        ((ObjectNode) event.get("requestContext")).put("extendedRequestId", "r-2");
        assertEquals("r-2", AuthorizerRequest.of(event).requestId());
    }

    @ParameterizedTest
    @CsvSource({
        "/GET/api/crm",
        "/DELETE/api/crm/market-segment/x",
        "/GET/",
        "/GET/api/crm/market-segment/a\u2028b",
        "'/GET/api/crm/market-segment/a\nb'"
    })
    void the_arn_of_a_method_becomes_that_of_every_method(String method) {
        ObjectNode event = event("Authorization").put("methodArn", API + method);
        assertEquals(API + "/*", AuthorizerRequest.of(event).api());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "arn:aws:execute-api:eu-central-1:123456789012:api", API})
    void an_event_without_the_arn_of_a_method_is_refused(String methodArn) {
        ObjectNode event = event("Authorization").put("methodArn", methodArn);
        assertThrows(IllegalArgumentException.class, () -> AuthorizerRequest.of(event));
    }
}
