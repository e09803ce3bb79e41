package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.http.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The template runs it by a schedule, the local stack on demand.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CanaryTest {

    private static final String CANARY = "CanaryFunction";

    @Test
    void it_passes_leaves_nothing_behind_and_passes_again() throws Exception {
        try (var stack = LocalStack.start(LocalStackConfig.inMemory())) {
            var lambda = new TestClient(stack.lambdaUrl());
            for (int i = 0; i < 2; i++) {
                var response = lambda.invoke(CANARY, "{}");
                assertEquals(Optional.empty(), response.headers().firstValue("X-Amz-Function-Error"), response.body());
                assertEquals("{\"passed\":true}", response.body());
            }
            assertEquals(
                    "{\"data\":[],\"has_more\":false,\"total\":0}",
                    SegmentClient.readOnly(stack, "acct_canary").list());
        }
    }

    @ParameterizedTest
    @ApiFunctions
    void it_fails_if_any_function_with_a_route_does(String function) throws Exception {
        try (var stack = LocalStack.start(LocalStackConfig.inMemory())) {
            var lambda = new TestClient(stack.lambdaUrl());
            lambda.reserveConcurrency(function, 0);
            var response = lambda.invoke(CANARY, "{}");
            assertEquals(Optional.of("Unhandled"), response.headers().firstValue("X-Amz-Function-Error"));
            assertTrue(response.body().contains(" answered 503 instead of "), response.body());
            assertTrue(response.body().contains(", request "), response.body());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void it_reports_each_run_as_a_metric(int failures) throws Throwable {
        String printed;
        try (var stack = LocalStack.start(LocalStackConfig.inMemory())) {
            var lambda = new TestClient(stack.lambdaUrl());
            if (failures > 0) {
                lambda.reserveConcurrency("AuthorizeFunction", 0);
            }
            printed = Console.printedBy(() -> lambda.invoke(CANARY, "{}"));
        }
        var lines = printed.lines()
                .filter(line -> line.contains("\"CanaryFailures\":" + failures + ","))
                .toList();
        assertEquals(1, lines.size(), printed);
        assertTrue(
                lines.getFirst().contains("\"Namespace\":\"MarketSegment\",\"Dimensions\":[[\"Stack\"]]"),
                lines::toString);
    }
}
