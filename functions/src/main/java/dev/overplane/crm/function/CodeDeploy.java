package dev.overplane.crm.function;

import dev.overplane.crm.aws.AwsCallException;
import dev.overplane.crm.aws.AwsResponse;
import dev.overplane.crm.aws.AwsService;
import dev.overplane.crm.json.Json;
import java.time.Duration;
import java.util.Map;

/// Makes the one call
/// [PutLifecycleEventHookExecutionStatus](https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_PutLifecycleEventHookExecutionStatus.html).
///
/// Thread-safe.
final class CodeDeploy {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final AwsService codeDeploy;

    CodeDeploy(AwsService codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    /// Says how a hook has ended.
    ///
    /// @param deployment the id of the deployment that waits
    /// @param execution the id of the hook's execution
    /// @throws VersionException if CodeDeploy has not taken it. It waits for an hour, and then gives the deployment
    ///     up
    void report(String deployment, String execution, boolean succeeded) {
        AwsResponse response;
        try {
            response = codeDeploy.post(
                    "/",
                    Map.of("X-Amz-Target", "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus"),
                    Json.write(json -> {
                        json.writeStartObject();
                        json.writeStringField("deploymentId", deployment);
                        json.writeStringField("lifecycleEventHookExecutionId", execution);
                        json.writeStringField("status", succeeded ? "Succeeded" : "Failed");
                        json.writeEndObject();
                    }),
                    LIMIT);
        } catch (AwsCallException e) {
            throw new VersionException("CodeDeploy did not answer", e);
        }
        if (response.status() != 200) {
            throw new VersionException("CodeDeploy answered " + response.status() + ": " + response.body());
        }
    }
}
