package dev.overplane.crm.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.Handlers;
import dev.overplane.crm.local.StackException;
import dev.overplane.crm.local.lambda.Outcome.Answered;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaFunctionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aHandlerIsGivenItsVariablesAndContext() throws IOException {
        var invocation =
                function(Handlers.Introspect.class, Map.of("TABLE", "t")).invoke(bytes("{}"));
        var answer = JSON.readTree(
                assertInstanceOf(Answered.class, invocation.outcome()).payload());
        assertEquals("{\"TABLE\":\"t\"}", answer.path("environment").toString());
        assertEquals(invocation.requestId(), answer.path("requestId").asText());
        assertEquals("stack-F", answer.path("function").asText());
        assertEquals("arn:f", answer.path("arn").asText());
        assertEquals(256, answer.path("memory").asInt());
        assertTrue(
                answer.path("remaining").asInt() > 0 && answer.path("remaining").asInt() <= 1000);
    }

    @Test
    void whatAHandlerThrowsIsLambdasErrorPayload() throws IOException {
        var error = failure(function(Handlers.Thrower.class, Map.of()));
        assertEquals("no", error.path("errorMessage").asText());
        assertEquals("java.lang.IllegalStateException", error.path("errorType").asText());
        assertTrue(error.path("stackTrace").get(0).asText().contains("Handlers$Thrower.handleRequest"));
        assertEquals(
                "java.io.IOException", error.path("cause").path("errorType").asText());
    }

    @Test
    void aHandlerThatCannotBeMadeFailsEveryInvocation() throws IOException {
        var function = function(Handlers.Broken.class, Map.of());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "the environment variable X is not set",
                    failure(function).path("errorMessage").asText());
        }
    }

    @Test
    void aFunctionThatTakesTooLongIsCutOff() throws IOException {
        var function = function(Handlers.Sleeper.class, Map.of());
        var error = failure(function);
        assertEquals("Sandbox.Timedout", error.path("errorType").asText());
        assertTrue(
                error.path("errorMessage").asText().matches("\\S+Z \\S+ Task timed out after 1\\.00 seconds"),
                error.toString());
    }

    @Test
    void anAnswerThatIsTooLargeIsAnError() throws IOException {
        var payload = bytes("\"" + "x".repeat(LambdaFunction.PAYLOAD_LIMIT) + "\"");
        var outcome = assertInstanceOf(
                Failed.class,
                function(Handlers.Mirror.class, Map.of()).invoke(payload).outcome());
        assertEquals(
                "Function.ResponseSizeTooLarge",
                JSON.readTree(outcome.payload()).path("errorType").asText());
    }

    @Test
    void aTypedHandlerIsServedByTheRuntimesSerialization() throws IOException {
        var event = "{\"httpMethod\":\"GET\",\"path\":\"/x\",\"requestContext\":{\"requestId\":\"r\"}}";
        var answer = answer(function(Handlers.Typed.class, Map.of()), event);
        assertEquals("GET /x r", answer.path("body").asText());
        assertEquals(
                "\"Hello, you\"",
                answer(function(Handlers.Plain.class, Map.of()), "{\"name\":\"you\"}")
                        .toString());
    }

    @Test
    void theLogHasTheTailOfWhatWasLogged() {
        var log = function(Handlers.Mirror.class, Map.of()).invoke(bytes("{}")).log();
        assertTrue(
                log.startsWith("START RequestId: ") && log.contains("mirrored by stack-F\n") && log.contains("REPORT"),
                log);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            no.such.Handler::handleRequest                                | there is no class no.such.Handler
            dev.overplane.crm.local.Handlers$Nothing::handleRequest       | is neither a RequestStreamHandler nor a RequestHandler
            dev.overplane.crm.local.Handlers$Mirror::other                | must end in ::handleRequest
            """)
    void whatIsNoHandlerIsAnErrorAtStart(String handler, String message) {
        var error = assertThrows(StackException.class, () -> new LambdaFunction(definition(handler), Map.of()));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private static JsonNode failure(LambdaFunction function) throws IOException {
        return JSON.readTree(
                assertInstanceOf(Failed.class, function.invoke(bytes("{}")).outcome())
                        .payload());
    }

    private static JsonNode answer(LambdaFunction function, String payload) throws IOException {
        return JSON.readTree(
                assertInstanceOf(Answered.class, function.invoke(bytes(payload)).outcome())
                        .payload());
    }

    private static LambdaFunction function(Class<?> handler, Map<String, String> environment) {
        return new LambdaFunction(definition(handler.getName() + "::handleRequest"), environment);
    }

    private static Function definition(String handler) {
        return new Function("F", "stack-F", "arn:f", handler, Duration.ofSeconds(1), 256, Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
