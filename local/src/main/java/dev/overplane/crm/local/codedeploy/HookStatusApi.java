package dev.overplane.crm.local.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.http.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
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
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /// Returns what hooks have said, `Succeeded` or `Failed`, by the deployment's id; the last word counts.
    public Map<String, String> statuses() {
        return Map.copyOf(statuses);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!TARGET.equals(request.getHeaders().get("X-Amz-Target"))) {
            return error(response, callback, "UnknownOperationException", "The local stack has no such operation.");
        }
        var call = RequestBody.read(request, BODY_LIMIT).flatMap(HookStatusApi::parse);
        if (call.isEmpty()) {
            return error(response, callback, "SerializationException", "The body must be a JSON object.");
        }
        var deployment = call.get().path("deploymentId").asText("");
        var execution = call.get().path("lifecycleEventHookExecutionId").asText("");
        var status = call.get().path("status").asText("");
        if (deployment.isEmpty() || execution.isEmpty()) {
            return error(response, callback, "InvalidLifecycleEventHookExecutionIdException", "An id is missing.");
        }
        if (!STATUSES.contains(status)) {
            return error(
                    response,
                    callback,
                    "InvalidLifecycleEventHookExecutionStatusException",
                    "The status must be Succeeded or Failed.");
        }
        statuses.put(deployment, status);
        return send(response, callback, 200, JSON.createObjectNode().put("lifecycleEventHookExecutionId", execution));
    }

    /// Responds to a request that the HTTP server itself rejects.
    public static boolean rejectMalformed(Request request, Response response, Callback callback) {
        return error(response, callback, "SerializationException", "The request is not valid HTTP.");
    }

    private static Optional<JsonNode> parse(byte[] text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (IOException e) {
            // Reading from an array fails only if it is not JSON.
            return Optional.empty();
        }
    }

    private static boolean error(Response response, Callback callback, String type, String message) {
        return send(
                response,
                callback,
                400,
                JSON.createObjectNode().put("__type", type).put("message", message));
    }

    private static boolean send(Response response, Callback callback, int status, ObjectNode body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
        response.write(true, ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
