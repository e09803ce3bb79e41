package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.http.TestClient;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// The hook invokes the functions by their Invoke API and reports to CodeDeploy's API, as it does on AWS. Here each
/// function has one version.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreTrafficHookTest {

    private static final String HOOK = "PreTrafficHookFunction";

    private static LocalStack stack;
    private static TestClient lambda;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackConfig.inMemory());
        lambda = new TestClient(stack.lambdaUrl());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void it_lets_sound_versions_through_leaves_nothing_behind_and_does_so_again() throws Exception {
        // Its own: where a deletion fails, as in the tests below, an object stays.
        try (var sound = LocalStack.start(LocalStackConfig.inMemory())) {
            var functions = new TestClient(sound.lambdaUrl());
            for (String deployment : new String[] {"d-SOUND1", "d-SOUND2"}) {
                var response = functions.invoke(HOOK, event(deployment));
                assertEquals(Optional.empty(), response.headers().firstValue("X-Amz-Function-Error"), response.body());
                assertEquals("{\"passed\":true}", response.body());
                assertEquals("Succeeded", sound.hookStatuses().get(deployment));
            }
            assertEquals(
                    "{\"data\":[],\"has_more\":false,\"total\":0}",
                    SegmentClient.readOnly(sound, "acct_deployment").list());
        }
    }

    @ParameterizedTest
    @ApiFunctions
    void it_refuses_a_deployment_if_any_of_its_versions_does_not_run(String function) throws Exception {
        lambda.reserveConcurrency(function, 0);
        try {
            var response = lambda.invoke(HOOK, event("d-" + function));
            assertEquals("{\"passed\":false}", response.body());
            assertEquals("Failed", stack.hookStatuses().get("d-" + function));
        } finally {
            lambda.releaseConcurrency(function);
        }
    }

    @Test
    void an_event_that_is_not_codedeploy_s_fails_and_reports_nothing() throws Exception {
        Map<String, String> before = stack.hookStatuses();
        var response = lambda.invoke(HOOK, "{\"DeploymentId\":\"d-NOBODY\"}");
        assertEquals(Optional.of("Unhandled"), response.headers().firstValue("X-Amz-Function-Error"));
        assertTrue(response.body().contains("LifecycleEventHookExecutionId"), response.body());
        assertEquals(before, stack.hookStatuses());
    }

    @Test
    void it_fails_if_codedeploy_does_not_take_the_report() throws Exception {
        var response = lambda.invoke(HOOK, event(""));
        assertEquals(Optional.of("Unhandled"), response.headers().firstValue("X-Amz-Function-Error"));
        assertTrue(response.body().contains("CodeDeploy answered 400"), response.body());
        assertFalse(stack.hookStatuses().containsKey(""));
    }

    private static String event(String deployment) {
        return "{\"DeploymentId\":\"" + deployment + "\",\"LifecycleEventHookExecutionId\":\"execution\"}";
    }
}
