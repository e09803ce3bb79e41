package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.template.Function;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Handlers of functions in tests.
public final class TestHandlers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestHandlers() {}

    /// Describes the function `id`, with 128 MB.
    public static Function function(String id, Class<?> handler, Duration timeout) {
        return new Function(
                id,
                "stack-" + id,
                "arn:aws:lambda:eu-west-1:123456789012:function:stack-" + id,
                handler.getName() + "::handleRequest",
                timeout,
                128,
                Map.of(),
                Set.of());
    }

    /// Returns a proxy response whose body is the event.
    public static final class ReturnsEventAsBody implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var response = JSON.createObjectNode()
                    .put("statusCode", 200)
                    .put("body", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.write(JSON.writeValueAsBytes(response));
        }
    }

    /// Returns the body of the proxy event, so that the test chooses the response.
    public static final class ReturnsBody implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write(JSON.readTree(in).path("body").asText().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Returns its input, and logs the name of its function.
    public static final class ReturnsInput implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            context.getLogger().log("logged by " + context.getFunctionName());
            in.transferTo(out);
        }
    }

    public static final class Throws implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {
            throw new IllegalStateException("no", new IOException("deeper"));
        }
    }

    /// Runs longer than any timeout in a test.
    public static final class Sleeps implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /// Returns its environment variables and its context.
    public static final class ReturnsContext implements RequestStreamHandler {

        private final Map<String, String> environment;

        public ReturnsContext() {
            this(Map.of("created", "without variables"));
        }

        public ReturnsContext(Map<String, String> environment) {
            this.environment = environment;
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var response = JSON.createObjectNode();
            environment.forEach(response.putObject("environment")::put);
            response.put("requestId", context.getAwsRequestId());
            response.put("function", context.getFunctionName());
            response.put("arn", context.getInvokedFunctionArn());
            response.put("remaining", context.getRemainingTimeInMillis());
            response.put("memory", context.getMemoryLimitInMB());
            out.write(JSON.writeValueAsBytes(response));
        }
    }

    public static final class CannotBeCreated implements RequestStreamHandler {

        public CannotBeCreated() {
            throw new IllegalStateException("the environment variable X is not set");
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {}
    }

    /// Reports the first record of a stream as failed.
    public static final class HandlesStream implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
        @Override
        public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
            var record = event.getRecords().getFirst().getDynamodb();
            var failure = new StreamsEventResponse.BatchItemFailure(record.getSequenceNumber()
                    + Objects.requireNonNull(record.getNewImage().get("id")).getS());
            return new StreamsEventResponse(List.of(failure));
        }
    }

    /// Returns the time of a schedule.
    public static final class HandlesSchedule implements RequestHandler<ScheduledEvent, String> {
        @Override
        public String handleRequest(ScheduledEvent event, Context context) {
            return event.getTime().toInstant().toString();
        }
    }

    /// Passes its types on to a subclass, as `RequestHandler` does not.
    public abstract static class Generic<T> implements RequestHandler<T, T> {}

    public static final class InheritsTypes extends Generic<String> {
        @Override
        public String handleRequest(String input, Context context) {
            return input;
        }
    }

    public static final class NotAHandler {}
}
