package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every file in `events/` really runs. The ids in them are of objects that do not exist, hence the 404s.
class SampleEventsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path EVENTS = Path.of("..", "events");

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackConfig.inMemory());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyFunctionHasASampleAndEverySampleAFunction() throws IOException {
        var functions = stack.template().functions().stream()
                .map(Function::logicalId)
                .map(SampleEventsTest::sample)
                .collect(Collectors.toSet());
        try (var files = Files.list(EVENTS)) {
            assertEquals(functions, files.collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CreateMarketSegmentFunction,201",
        "ListMarketSegmentsFunction,200",
        "RetrieveMarketSegmentFunction,404",
        "UpdateMarketSegmentFunction,404",
        "DeleteMarketSegmentFunction,404"
    })
    void theSampleOfAnOperationIsAnswered(String function, int status) throws Exception {
        var answer = succeed(function);
        assertEquals(status, answer.path("statusCode").asInt(), answer.toString());
    }

    @Test
    void theSampleOfTheAuthorizerIsDenied() throws Exception {
        assertEquals(
                "Deny",
                succeed("AuthorizeFunction")
                        .at("/policyDocument/Statement/0/Effect")
                        .asText());
    }

    @Test
    void theSamplesOfTheKeyFunctionsAreAnswered() throws Exception {
        assertTrue(succeed("IssueApiKeyFunction").path("secret").asText().startsWith("sk_test_"));
        assertTrue(succeed("ListApiKeysFunction").path("data").isArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RevokeApiKeyFunction", "RotateApiKeyFunction"})
    void theSamplesOfARevocationAndARotationNameAKeyThatDoesNotExist(String function) throws Exception {
        var response = invoke(function);
        assertEquals(
                "Unhandled",
                response.headers().firstValue("X-Amz-Function-Error").orElse("none"));
        assertEquals(
                "There is no API key with this id.",
                JSON.readTree(response.body()).path("errorMessage").asText());
    }

    private static JsonNode succeed(String function) throws IOException, InterruptedException {
        var response = invoke(function);
        assertEquals(
                "none", response.headers().firstValue("X-Amz-Function-Error").orElse("none"), response.body());
        assertEquals(200, response.statusCode());
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> invoke(String function) throws IOException, InterruptedException {
        var uri = URI.create(stack.lambdaUrl() + "/2015-03-31/functions/" + function + "/invocations");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .POST(BodyPublishers.ofFile(sample(function)))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /// `CreateMarketSegmentFunction` to `create-market-segment.json`.
    private static Path sample(String function) {
        var name = function.replaceFirst("Function$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        return EVENTS.resolve(name + ".json");
    }
}
