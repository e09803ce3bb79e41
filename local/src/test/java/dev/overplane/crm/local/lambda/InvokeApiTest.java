package dev.overplane.crm.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.Handlers;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeApiTest {

    private static LoopbackServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        var lambda = new LambdaService(
                List.of(
                        function("MirrorFunction", Handlers.Mirror.class),
                        function("ThrowerFunction", Handlers.Thrower.class)),
                Map.of());
        server = LoopbackServer.start("LAMBDA_PORT", 0, new InvokeApi(lambda), InvokeApi::refuseMalformed);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MirrorFunction",
                "MirrorFunction:live",
                "stack-MirrorFunction",
                "stack-MirrorFunction:live",
                "arn:aws:lambda:eu-west-1:123456789012:function:stack-MirrorFunction",
                "arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Astack-MirrorFunction%3Alive"
            })
    void aFunctionIsFoundByAnyOfItsNames(String name) throws Exception {
        var response = invoke(name, "{\"a\":1}");
        assertEquals(200, response.statusCode());
        assertEquals("{\"a\":1}", response.body());
        assertEquals(Optional.of("$LATEST"), response.headers().firstValue("X-Amz-Executed-Version"));
        assertEquals(Optional.empty(), response.headers().firstValue("X-Amz-Function-Error"));
    }

    @Test
    void noPayloadIsAnEmptyObject() throws Exception {
        assertEquals("{}", invoke("MirrorFunction", "").body());
    }

    @Test
    void aFailedFunctionIsTwoHundredWithAnErrorHeader() throws Exception {
        var response = invoke("ThrowerFunction", "{}");
        assertEquals(200, response.statusCode());
        assertEquals(Optional.of("Unhandled"), response.headers().firstValue("X-Amz-Function-Error"));
        assertTrue(response.body().contains("\"errorMessage\":\"no\""), response.body());
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NoFunction     | {}       | 404 | ResourceNotFoundException
            MirrorFunction | nonsense | 400 | InvalidRequestContentException
            MirrorFunction | {} {}    | 400 | InvalidRequestContentException
            """)
    void aBadRequestIsRefusedAsLambdaDoes(String function, String payload, int status, String type) throws Exception {
        var response = invoke(function, payload);
        assertEquals(status, response.statusCode());
        assertEquals(Optional.of(type), response.headers().firstValue("x-amzn-errortype"));
        assertTrue(response.body().contains("\"Message\":"), response.body());
    }

    @Test
    void aPayloadOverSixMegabytesIsTooLarge() throws Exception {
        var response = invoke("MirrorFunction", "\"" + "x".repeat(LambdaFunction.PAYLOAD_LIMIT) + "\"");
        assertEquals(413, response.statusCode());
        assertEquals(Optional.of("RequestTooLargeException"), response.headers().firstValue("x-amzn-errortype"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"RequestResponse,200", "Event,202", "DryRun,204", "Sometime,400"})
    void theInvocationTypeDecidesWhatIsWaitedFor(String type, int status) throws Exception {
        assertEquals(
                status,
                invoke("MirrorFunction", "{}", "X-Amz-Invocation-Type", type).statusCode());
    }

    @Test
    void theTailOfTheLogComesOnRequest() throws Exception {
        var log = invoke("MirrorFunction", "{}", "X-Amz-Log-Type", "Tail")
                .headers()
                .firstValue("X-Amz-Log-Result")
                .orElseThrow();
        assertTrue(new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8)
                .contains("mirrored by stack-MirrorFunction"));
    }

    @Test
    void otherOperationsAreUnknown() throws Exception {
        var request = HttpRequest.newBuilder(server.url().resolve("/2015-03-31/functions/"))
                .build();
        assertEquals(404, client.send(request, BodyHandlers.ofString()).statusCode());
    }

    private static HttpResponse<String> invoke(String function, String payload, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(server.url() + "/2015-03-31/functions/" + function + "/invocations"))
                .POST(BodyPublishers.ofString(payload))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Function function(String id, Class<?> handler) {
        return new Function(
                id,
                "stack-" + id,
                "arn:aws:lambda:eu-west-1:123456789012:function:stack-" + id,
                handler.getName() + "::handleRequest",
                Duration.ofSeconds(10),
                128,
                Map.of());
    }
}
