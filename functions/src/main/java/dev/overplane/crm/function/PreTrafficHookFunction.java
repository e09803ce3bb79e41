package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.log.Log;
import java.util.Map;

/// Checks the new versions before CodeDeploy shifts any traffic to them, and reports whether they are sound: the
/// [BeforeAllowTraffic
/// hook](https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html) of
/// each function's deployment.
///
/// CodeDeploy names the deployment that waits, and no version. The environment names those, which the template has
/// just published. Each deployment runs the hook for itself, and each run checks all versions.
public final class PreTrafficHookFunction extends JsonFunction {

    private final VersionCheck versions;
    private final CodeDeploy codeDeploy;

    /// Lambda calls this one.
    public PreTrafficHookFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public PreTrafficHookFunction(Map<String, String> environment) {
        var components = new Components(environment);
        versions = components.versionCheck();
        codeDeploy = components.codeDeploy();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        String deployment = text(event, "DeploymentId");
        String execution = text(event, "LifecycleEventHookExecutionId");
        boolean sound = areSound(deployment);
        codeDeploy.report(deployment, execution, sound);
        return json -> {
            json.writeStartObject();
            json.writeBooleanField("passed", sound);
            json.writeEndObject();
        };
    }

    private boolean areSound(String deployment) {
        try {
            versions.run();
            return true;
        } catch (VersionException e) {
            Log.error("version_refused", e, fields -> fields.add("deployment", deployment));
            return false;
        }
    }

    private static String text(JsonNode event, String member) {
        JsonNode value = event.path(member);
        if (!value.isTextual()) {
            throw new InvalidInputException("The input must have the text " + member + ".");
        }
        return value.asText();
    }
}
