package dev.overplane.crm.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.lambda.Outcome.Succeeded;
import dev.overplane.crm.local.startup.StartupException;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LambdaFunctionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_handler_gets_its_variables_and_context() throws IOException {
        var invocation = function(TestHandlers.ReturnsContext.class, Map.of("TABLE", "t"))
                .invoke(bytes("{}"));
        var response = JSON.readTree(
                assertInstanceOf(Succeeded.class, invocation.outcome()).payload());
        assertEquals("{\"TABLE\":\"t\"}", response.path("environment").toString());
        assertEquals(invocation.requestId(), response.path("requestId").asText());
        assertEquals("stack-F", response.path("function").asText());
        assertEquals("arn:f", response.path("arn").asText());
        assertEquals(256, response.path("memory").asInt());
        assertTrue(response.path("remaining").asInt() > 0
                && response.path("remaining").asInt() <= 1000);
    }

    @Test
    void an_exception_becomes_the_error_payload_of_lambda() throws IOException {
        var error = failure(function(TestHandlers.Throws.class, Map.of()));
        assertEquals("no", error.path("errorMessage").asText());
        assertEquals("java.lang.IllegalStateException", error.path("errorType").asText());
        assertTrue(error.path("stackTrace").get(0).asText().contains("TestHandlers$Throws.handleRequest"));
        assertEquals(
                "java.io.IOException", error.path("cause").path("errorType").asText());
    }

    @Test
    void a_handler_that_cannot_be_created_fails_every_invocation() throws IOException {
        var function = function(TestHandlers.CannotBeCreated.class, Map.of());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "the environment variable X is not set",
                    failure(function).path("errorMessage").asText());
        }
    }

    @Test
    void a_function_that_takes_too_long_times_out() throws IOException {
        var function = function(TestHandlers.Sleeps.class, Map.of());
        var error = failure(function);
        assertEquals("Sandbox.Timedout", error.path("errorType").asText());
        assertTrue(
                error.path("errorMessage").asText().matches("\\S+Z \\S+ Task timed out after 1\\.00 seconds"),
                error.toString());
    }

    @Test
    void a_response_over_six_megabytes_is_an_error() throws IOException {
        var payload = bytes("\"" + "x".repeat(LambdaFunction.PAYLOAD_LIMIT) + "\"");
        var outcome = assertInstanceOf(
                Failed.class,
                function(TestHandlers.ReturnsInput.class, Map.of())
                        .invoke(payload)
                        .outcome());
        assertEquals(
                "Function.ResponseSizeTooLarge",
                JSON.readTree(outcome.payload()).path("errorType").asText());
    }

    @Test
    void the_invocation_has_the_end_of_the_log() {
        var log = function(TestHandlers.ReturnsInput.class, Map.of())
                .invoke(bytes("{}"))
                .log();
        assertTrue(
                log.startsWith("START RequestId: ") && log.contains("logged by stack-F\n") && log.contains("REPORT"),
                log);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            no.such.Handler::handleRequest                                | there is no class no.such.Handler
            dev.overplane.crm.local.lambda.TestHandlers$NotAHandler::handleRequest       | is neither a RequestStreamHandler nor a RequestHandler
            dev.overplane.crm.local.lambda.TestHandlers$ReturnsInput::other                | must end in ::handleRequest
            """)
    void a_class_that_is_no_handler_fails_the_start(String handler, String message) {
        var error = assertThrows(StartupException.class, () -> new LambdaFunction(definition(handler), Map.of()));
        assertTrue(error.toString().contains(message), error.toString());
    }

    private static JsonNode failure(LambdaFunction function) throws IOException {
        return JSON.readTree(
                assertInstanceOf(Failed.class, function.invoke(bytes("{}")).outcome())
                        .payload());
    }

    private static LambdaFunction function(Class<?> handler, Map<String, String> environment) {
        return new LambdaFunction(definition(handler.getName() + "::handleRequest"), environment);
    }

    private static Function definition(String handler) {
        return new Function("F", "stack-F", "arn:f", handler, Duration.ofSeconds(1), 256, Map.of(), Set.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
