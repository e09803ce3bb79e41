package dev.overplane.crm.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Functions to run in tests.
public final class Handlers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// How often [Guard] was asked, by identity.
    public static final Map<String, Integer> GUARD_CALLS = new ConcurrentHashMap<>();

    private Handlers() {}

    /// Answers 200 with the event as the body.
    public static final class Echo implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var answer = JSON.createObjectNode()
                    .put("statusCode", 200)
                    .put("body", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.write(JSON.writeValueAsBytes(answer));
        }
    }

    /// Answers its input as it is.
    public static final class Mirror implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            context.getLogger().log("mirrored by " + context.getFunctionName());
            in.transferTo(out);
        }
    }

    /// Answers the body of the proxy event as it is: the test says what the gateway gets.
    public static final class Puppet implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write(JSON.readTree(in).path("body").asText().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Throws.
    public static final class Thrower implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {
            throw new IllegalStateException("no", new IOException("deeper"));
        }
    }

    /// Issues a key at the second call of each three.
    public static final class MoodyIssuer implements RequestStreamHandler {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            if (calls.incrementAndGet() % 3 != 2) {
                throw new IOException("not now");
            }
            out.write("{\"secret\":\"sk_test_x\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Does not end by itself.
    public static final class Sleeper implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /// Says what variables and context it was given.
    public static final class Introspect implements RequestStreamHandler {

        private final Map<String, String> environment;

        public Introspect() {
            this(Map.of("made", "without variables"));
        }

        public Introspect(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var answer = JSON.createObjectNode();
            environment.forEach(answer.putObject("environment")::put);
            answer.put("requestId", context.getAwsRequestId());
            answer.put("function", context.getFunctionName());
            answer.put("arn", context.getInvokedFunctionArn());
            answer.put("remaining", context.getRemainingTimeInMillis());
            answer.put("memory", context.getMemoryLimitInMB());
            out.write(JSON.writeValueAsBytes(answer));
        }
    }

    /// Cannot be made.
    public static final class Broken implements RequestStreamHandler {

        public Broken() {
            throw new IllegalStateException("the environment variable X is not set");
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {}
    }

    /// A handler over AWS's own event types.
    public static final class Typed
            implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
        @Override
        public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent event, Context context) {
            return new APIGatewayProxyResponseEvent()
                    .withStatusCode(200)
                    .withBody(event.getHttpMethod() + " " + event.getPath() + " "
                            + event.getRequestContext().getRequestId());
        }
    }

    /// A handler over plain values.
    public static final class Plain implements RequestHandler<Map<String, String>, String> {
        @Override
        public String handleRequest(Map<String, String> input, Context context) {
            return "Hello, " + input.get("name");
        }
    }

    /// No handler at all.
    public static final class Nothing {}

    /// An authorizer that does what its identity header says.
    public static final class Guard implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var event = JSON.readTree(in);
            var identity = event.path("headers").path("Authorization").asText();
            GUARD_CALLS.merge(identity, 1, Integer::sum);
            var command = identity.split(" ")[0];
            var arn = event.path("methodArn").asText();
            switch (command) {
                case "unauthorized" -> throw new IllegalStateException("Unauthorized");
                case "crash" -> throw new IllegalStateException("Unauthorized, or so");
                case "garbage" -> out.write("nonsense".getBytes(StandardCharsets.UTF_8));
                case "no-policy" -> out.write("{\"principalId\":\"p\"}".getBytes(StandardCharsets.UTF_8));
                case "nested" -> out.write(JSON.writeValueAsBytes(nested(policy("Allow", arn))));
                case "deny" -> out.write(JSON.writeValueAsBytes(policy("Deny", arn)));
                case "gets-only" ->
                    out.write(JSON.writeValueAsBytes(policy("Allow", arn.replaceFirst("/(GET|POST)/.*", "/GET/*"))));
                case "event" -> out.write(JSON.writeValueAsBytes(withEvent(policy("Allow", arn), event)));
                default -> out.write(JSON.writeValueAsBytes(policy("Allow", arn)));
            }
        }

        private static ObjectNode policy(String effect, String resource) {
            var answer = JSON.createObjectNode().put("principalId", "somebody");
            answer.putObject("policyDocument")
                    .put("Version", "2012-10-17")
                    .putArray("Statement")
                    .addObject()
                    .put("Effect", effect)
                    .put("Action", "execute-api:Invoke")
                    .put("Resource", resource);
            answer.putObject("context")
                    .put("account", "acct_1")
                    .put("livemode", false)
                    .put("number", 7);
            return answer;
        }

        private static ObjectNode nested(ObjectNode answer) {
            answer.withObject("/context").putObject("inner").put("not", "allowed");
            return answer;
        }

        private static ObjectNode withEvent(ObjectNode answer, JsonNode event) {
            answer.withObject("/context").put("event", event.toString());
            return answer;
        }
    }
}
