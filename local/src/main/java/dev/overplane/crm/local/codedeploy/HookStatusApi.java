package dev.overplane.crm.local.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.overplane.crm.local.http.AwsJson;
import dev.overplane.crm.local.http.RequestBody;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves CodeDeploy's PutLifecycleEventHookExecutionStatus for deployments that nobody has started: it takes what a
/// hook says of any. Does not check signatures. Thread-safe.
public final class HookStatusApi extends Handler.Abstract {

    private static final String TARGET = "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus";
    private static final int BODY_LIMIT = 16 * 1024;
    private static final Set<String> STATUSES = Set.of("Succeeded", "Failed");

    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /// Returns what hooks have said, `Succeeded` or `Failed`, by the deployment's id; the last word counts.
    public Map<String, String> statuses() {
        return Map.copyOf(statuses);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!TARGET.equals(request.getHeaders().get("X-Amz-Target"))) {
            return AwsJson.error(
                    response, callback, "UnknownOperationException", "The local stack has no such operation.");
        }
        var call = RequestBody.read(request, BODY_LIMIT).flatMap(AwsJson::parse);
        if (call.isEmpty()) {
            return AwsJson.error(response, callback, "SerializationException", "The body must be a JSON object.");
        }
        var deployment = call.get().path("deploymentId").asText("");
        var execution = call.get().path("lifecycleEventHookExecutionId").asText("");
        var status = call.get().path("status").asText("");
        if (deployment.isEmpty() || execution.isEmpty()) {
            return AwsJson.error(
                    response, callback, "InvalidLifecycleEventHookExecutionIdException", "An id is missing.");
        }
        if (!STATUSES.contains(status)) {
            return AwsJson.error(
                    response,
                    callback,
                    "InvalidLifecycleEventHookExecutionStatusException",
                    "The status must be Succeeded or Failed.");
        }
        statuses.put(deployment, status);
        return AwsJson.succeed(
                response,
                callback,
                JsonNodeFactory.instance.objectNode().put("lifecycleEventHookExecutionId", execution));
    }
}
