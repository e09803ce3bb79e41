package dev.overplane.crm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.codedeploy.HookStatusApi;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.http.TestClient;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CodeDeploy's refusals.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HookStatusApiTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GetDeployment                         | {}                                                                                      | UnknownOperationException
            PutLifecycleEventHookExecutionStatus  | []                                                                                      | SerializationException
            PutLifecycleEventHookExecutionStatus  | nonsense                                                                                | SerializationException
            PutLifecycleEventHookExecutionStatus  | {"deploymentId":"d","lifecycleEventHookExecutionId":"e","status":"Failed"} nonsense     | SerializationException
            PutLifecycleEventHookExecutionStatus  | {"deploymentId":"d","status":"Failed"}                                                  | InvalidLifecycleEventHookExecutionIdException
            PutLifecycleEventHookExecutionStatus  | {"deploymentId":"d","lifecycleEventHookExecutionId":"e","status":"Perhaps"}             | InvalidLifecycleEventHookExecutionStatusException
            """)
    void what_codedeploy_would_not_take_is_refused_and_kept_nowhere(String operation, String body, String type)
            throws Exception {
        var api = new HookStatusApi();
        try (var server = LoopbackServer.start("PORT", 0, api, AwsJson::rejectMalformed)) {
            var response = new TestClient(server.url())
                    .send("POST", "/", body, "X-Amz-Target", "CodeDeploy_20141006." + operation);
            assertEquals(400, response.statusCode());
            assertTrue(response.headers().firstValue("x-amzn-RequestId").isPresent());
            assertTrue(response.body().contains("\"" + type + "\""), response.body());
        }
        assertEquals(Map.of(), api.statuses());
    }
}
