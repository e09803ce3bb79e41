package dev.overplane.crm.local.lambda;

import static dev.overplane.crm.local.lambda.TestHandlers.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.http.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InvokeApiTest {

    private static LoopbackServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        var lambda = new LambdaService(
                List.of(
                        function("InputFunction", TestHandlers.ReturnsInput.class, Duration.ofSeconds(10)),
                        function("ThrowFunction", TestHandlers.Throws.class, Duration.ofSeconds(10))),
                Map.of());
        server = LoopbackServer.start("LAMBDA_PORT", 0, new InvokeApi(lambda), InvokeApi::rejectMalformed);
        client = new TestClient(server.url());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InputFunction",
                "InputFunction:live",
                "stack-InputFunction",
                "stack-InputFunction:live",
                "arn:aws:lambda:eu-west-1:123456789012:function:stack-InputFunction",
                "arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Astack-InputFunction%3Alive"
            })
    void a_function_is_found_by_id_name_and_arn(String name) throws Exception {
        var response = client.invoke(name, "{\"a\":1}");
        assertEquals(200, response.statusCode());
        assertEquals("{\"a\":1}", response.body());
        assertEquals(Optional.of("$LATEST"), response.headers().firstValue("X-Amz-Executed-Version"));
        assertEquals(Optional.empty(), response.headers().firstValue("X-Amz-Function-Error"));
    }

    @Test
    void an_empty_payload_is_an_empty_object() throws Exception {
        assertEquals("{}", client.invoke("InputFunction", "").body());
    }

    @Test
    void a_function_that_fails_is_200_with_an_error_header() throws Exception {
        var response = client.invoke("ThrowFunction", "{}");
        assertEquals(200, response.statusCode());
        assertEquals(Optional.of("Unhandled"), response.headers().firstValue("X-Amz-Function-Error"));
        assertTrue(response.body().contains("\"errorMessage\":\"no\""), response.body());
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NoFunction     | {}       | 404 | ResourceNotFoundException
            InputFunction | nonsense | 400 | InvalidRequestContentException
            InputFunction | {} {}    | 400 | InvalidRequestContentException
            """)
    void a_bad_request_has_the_error_of_lambda(String function, String payload, int status, String type)
            throws Exception {
        var response = client.invoke(function, payload);
        assertEquals(status, response.statusCode());
        assertEquals(Optional.of(type), response.headers().firstValue("x-amzn-errortype"));
        assertTrue(response.body().contains("\"Message\":"), response.body());
    }

    @Test
    void a_payload_over_six_megabytes_is_too_large() throws Exception {
        var response = client.invoke("InputFunction", "\"" + "x".repeat(LambdaFunction.PAYLOAD_LIMIT) + "\"");
        assertEquals(413, response.statusCode());
        assertEquals(Optional.of("RequestTooLargeException"), response.headers().firstValue("x-amzn-errortype"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"RequestResponse,200", "Event,202", "DryRun,204", "Sometime,400"})
    void the_invocation_type_selects_the_status(String type, int status) throws Exception {
        assertEquals(
                status,
                client.invoke("InputFunction", "{}", "X-Amz-Invocation-Type", type)
                        .statusCode());
    }

    @Test
    void the_end_of_the_log_is_returned_on_request() throws Exception {
        var log = client.invoke("InputFunction", "{}", "X-Amz-Log-Type", "Tail")
                .headers()
                .firstValue("X-Amz-Log-Result")
                .orElseThrow();
        assertTrue(new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8)
                .contains("logged by stack-InputFunction"));
    }

    @Test
    void other_operations_are_unknown() throws Exception {
        assertEquals(404, client.send("GET", "/2015-03-31/functions/", "").statusCode());
    }

    @Test
    void a_function_without_concurrency_is_throttled_until_it_is_released() throws Exception {
        var path = "/2017-10-31/functions/InputFunction/concurrency";
        assertEquals(
                200,
                client.send("PUT", path, "{\"ReservedConcurrentExecutions\":0}").statusCode());
        var throttled = client.invoke("InputFunction", "{}");
        assertEquals(429, throttled.statusCode());
        assertEquals(
                Optional.of("TooManyRequestsException"), throttled.headers().firstValue("x-amzn-errortype"));
        assertEquals(204, client.send("DELETE", path, "").statusCode());
        assertEquals(200, client.invoke("InputFunction", "{}").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT    | InputFunction | {"ReservedConcurrentExecutions":-1}    | 400
            PUT    | InputFunction | {"ReservedConcurrentExecutions":"two"} | 400
            PUT    | InputFunction | {}                                     | 400
            PUT    | InputFunction | nonsense                               | 400
            PUT    | NoFunction    | {"ReservedConcurrentExecutions":0}     | 404
            DELETE | NoFunction    | {}                                     | 404
            POST   | InputFunction | {"ReservedConcurrentExecutions":0}     | 404
            """)
    void a_concurrency_that_makes_no_sense_is_refused(String method, String function, String body, int status)
            throws Exception {
        var path = "/2017-10-31/functions/" + function + "/concurrency";
        assertEquals(status, client.send(method, path, body).statusCode());
        assertEquals(200, client.invoke("InputFunction", "{}").statusCode());
    }
}
