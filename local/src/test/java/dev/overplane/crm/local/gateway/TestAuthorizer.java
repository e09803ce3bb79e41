package dev.overplane.crm.local.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An authorizer whose result is chosen by the first word of the identity header.
public final class TestAuthorizer implements RequestStreamHandler {

    /// The number of calls, by identity.
    static final Map<String, Integer> CALLS = new ConcurrentHashMap<>();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var event = JSON.readTree(in);
        var identity = event.path("headers").path("Authorization").asText();
        CALLS.merge(identity, 1, Integer::sum);
        var arn = event.path("methodArn").asText();
        var response = switch (identity.split(" ")[0]) {
            case "unauthorized" -> throw new IllegalStateException("Unauthorized");
            case "crash" -> throw new IllegalStateException("Unauthorized, or so");
            case "not-json" -> "nonsense";
            case "no-policy" -> "{\"principalId\":\"p\"}";
            case "nested" -> {
                var policy = policy("Allow", arn);
                policy.withObject("/context").putObject("inner").put("not", "allowed");
                yield policy.toString();
            }
            case "deny" -> policy("Deny", arn).toString();
            case "gets-only" ->
                policy("Allow", arn.replaceFirst("/(GET|POST)/.*", "/GET/*")).toString();
            case "event" -> {
                var policy = policy("Allow", arn);
                policy.withObject("/context").put("event", event.toString());
                yield policy.toString();
            }
            default -> policy("Allow", arn).toString();
        };
        out.write(response.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode policy(String effect, String resource) {
        var policy = JSON.createObjectNode().put("principalId", "somebody");
        policy.putObject("policyDocument")
                .put("Version", "2012-10-17")
                .putArray("Statement")
                .addObject()
                .put("Effect", effect)
                .put("Action", "execute-api:Invoke")
                .put("Resource", resource);
        policy.putObject("context")
                .put("account", "acct_1")
                .put("livemode", false)
                .put("number", 7);
        return policy;
    }
}
