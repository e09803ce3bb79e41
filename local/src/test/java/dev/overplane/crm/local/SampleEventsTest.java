package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.http.TestClient;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Invokes each function with its file in `events/`. The ids in them are of objects that do not exist, hence
/// the 404s.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
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
    void every_function_has_a_sample_and_every_sample_has_a_function() throws IOException {
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
    void the_sample_of_an_operation_returns_its_status(String function, int status) throws Exception {
        var response = succeed(function);
        assertEquals(status, response.path("statusCode").asInt(), response.toString());
    }

    @Test
    void the_sample_of_the_authorizer_is_denied() throws Exception {
        assertEquals(
                "Deny",
                succeed("AuthorizeFunction")
                        .at("/policyDocument/Statement/0/Effect")
                        .asText());
    }

    @Test
    void the_samples_of_the_key_functions_succeed() throws Exception {
        assertTrue(succeed("IssueApiKeyFunction").path("secret").asText().startsWith("sk_test_"));
        assertTrue(succeed("ListApiKeysFunction").path("data").isArray());
    }

    @Test
    void the_sample_of_changes_puts_three_events_on_the_bus() throws Exception {
        assertEquals(
                "[]",
                succeed("PublishChangesFunction").path("batchItemFailures").toString());
        assertEquals(
                List.of("market_segment.deleted", "market_segment.updated", "market_segment.created"),
                stack.events().stream()
                        .filter(event -> event.path("time").asText().startsWith("2024-01-15"))
                        .map(event -> event.path("detail-type").asText())
                        .toList());
    }

    @Test
    void the_sample_of_a_verification_finds_both_modes_of_an_account_sound() throws Exception {
        var result = succeed("VerifyCountsFunction");
        assertEquals(2, result.path("tenants").asInt(), result.toString());
        assertEquals(0, result.path("drifted").asInt(), result.toString());
        assertTrue(result.path("complete").asBoolean(), result.toString());
    }

    @Test
    void the_sample_of_the_canary_passes() throws Exception {
        assertTrue(succeed("CanaryFunction").path("passed").booleanValue());
    }

    @Test
    void the_sample_of_the_pre_traffic_hook_lets_the_deployment_go_on() throws Exception {
        assertTrue(succeed("PreTrafficHookFunction").path("passed").booleanValue());
        assertEquals("Succeeded", stack.hookStatuses().get("d-123456789"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RevokeApiKeyFunction", "RotateApiKeyFunction"})
    void the_samples_of_a_revocation_and_a_rotation_name_a_key_that_does_not_exist(String function) throws Exception {
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
        return new TestClient(stack.lambdaUrl()).invoke(function, Files.readString(sample(function)));
    }

    /// Returns `create-market-segment.json` for `CreateMarketSegmentFunction`.
    private static Path sample(String function) {
        var name = function.replaceFirst("Function$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        return EVENTS.resolve(name + ".json");
    }
}
