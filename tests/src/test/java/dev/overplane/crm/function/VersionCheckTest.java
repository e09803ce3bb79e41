package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.overplane.crm.aws.AwsService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the check of new versions makes of answers that no version should give.
class VersionCheckTest {

    private static final String DENIED = "{\"policyDocument\":{\"Statement\":[{\"Effect\":\"Deny\"}]}}";
    private static final String CREATED = "{\"statusCode\":201,\"body\":\"{\\\"id\\\":\\\"an-id\\\"}\"}";

    private HttpServer lambda;
    private volatile Answer authorization = new Answer(200, DENIED, false);
    private volatile Answer operation = new Answer(200, CREATED, false);

    private record Answer(int status, String body, boolean functionError) {}

    @BeforeEach
    void start() throws IOException {
        lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        lambda.createContext("/", exchange -> {
            Answer answer = exchange.getRequestURI().getPath().contains("authorize") ? authorization : operation;
            if (answer.functionError()) {
                exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        lambda.start();
    }

    @AfterEach
    void stop() {
        lambda.stop(0);
    }

    private AwsService service() {
        return AwsService.of(
                Map.of(
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local",
                        "AWS_ENDPOINT_URL",
                                "http://127.0.0.1:" + lambda.getAddress().getPort()),
                "Lambda",
                "lambda");
    }

    private String refusal() {
        var check = new VersionCheck(
                new LambdaInvoker(service()), "authorize", "create", "retrieve", "list", "update", "delete");
        return assertThrows(VersionException.class, check::run).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {"Message":"no such version"}     | false | create was not run, status 404
            200 | {"errorMessage":"why"}            | true  | create failed: {"errorMessage":"why"}
            200 | no JSON                           | false | create answered what is no JSON
            200 | {"statusCode":500,"body":""}      | false | create answered 500 instead of 201
            200 | {"statusCode":201,"body":"<p>"}   | false | create created what is no JSON
            """)
    void an_operation_that_does_not_answer_as_it_should_is_refused(
            int status, String body, boolean functionError, String message) {
        operation = new Answer(status, body, functionError);
        String refusal = refusal();
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void an_authorizer_that_lets_anybody_in_is_refused() {
        authorization = new Answer(200, DENIED.replace("Deny", "Allow"), false);
        String refusal = refusal();
        assertTrue(refusal.contains("did not refuse a key"), refusal);
    }

    @Test
    void a_version_that_cannot_be_reached_is_refused() {
        lambda.stop(0);
        String refusal = refusal();
        assertTrue(refusal.contains("authorize did not answer"), refusal);
    }

    @Test
    void a_codedeploy_that_cannot_be_reached_fails_the_hook() {
        lambda.stop(0);
        var codeDeploy = new CodeDeploy(service());
        String failure = assertThrows(VersionException.class, () -> codeDeploy.report("d-1", "execution", true))
                .getMessage();
        assertTrue(failure.contains("CodeDeploy did not answer"), failure);
    }
}
