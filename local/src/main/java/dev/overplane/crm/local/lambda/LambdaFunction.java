package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.local.lambda.Outcome.Answered;
import dev.overplane.crm.local.template.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A function in this JVM. One instance of the handler serves all invocations, which may run at the same time:
/// stricter than Lambda, where an instance serves one after the other. Thread-safe.
public final class LambdaFunction {

    static final String VERSION = "$LATEST";
    /// Of a synchronous invocation, in and out.
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    private final Function definition;
    private final Map<String, String> environment;
    private final Class<?> type;
    private volatile @Nullable RequestStreamHandler handler;

    LambdaFunction(Function definition, Map<String, String> environment) {
        this.definition = definition;
        this.environment = Map.copyOf(environment);
        this.type = HandlerLoader.find(definition.logicalId(), definition.handler());
    }

    public Function definition() {
        return definition;
    }

    /// The variables that the function sees.
    public Map<String, String> environment() {
        return environment;
    }

    /// Makes the handler, if that has not been done yet; a failure is left for the invocation to report.
    void warm() {
        try {
            handler();
        } catch (InitializationException e) {
            System.err.println(definition.logicalId() + " cannot start: " + e.thrown());
        }
    }

    /// Runs the function and waits for its end, no longer than its time-out.
    public Invocation invoke(byte[] payload) {
        var requestId = UUID.randomUUID().toString();
        var log = new InvocationLog(System.out);
        var started = System.nanoTime();
        log.keep("START RequestId: " + requestId + " Version: " + VERSION + "\n");
        var outcome = run(payload, requestId, log, started);
        var took = Duration.ofNanos(System.nanoTime() - started).toMillis();
        log.keep("END RequestId: " + requestId + "\nREPORT RequestId: " + requestId + "\tDuration: " + took
                + " ms\tMemory Size: " + definition.memory() + " MB\n");
        return new Invocation(requestId, outcome, log.tail());
    }

    private Outcome run(byte[] payload, String requestId, InvocationLog log, long started) {
        var limit = definition.timeout();
        var context = new InvocationContext(requestId, definition, log, started + limit.toNanos());
        var task = new FutureTask<>(() -> {
            var out = new ByteArrayOutputStream();
            handler().handleRequest(new ByteArrayInputStream(payload), out, context);
            return out.toByteArray();
        });
        Thread.ofVirtual().name(definition.logicalId() + " " + requestId).start(task);
        try {
            var answer = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return answer.length <= PAYLOAD_LIMIT
                    ? new Answered(answer.length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : answer)
                    : ErrorPayload.of(
                            "Function.ResponseSizeTooLarge",
                            "Response payload size exceeded maximum allowed payload size (" + PAYLOAD_LIMIT
                                    + " bytes).");
        } catch (TimeoutException e) {
            // Lambda ends the environment; an interrupt is the nearest that a thread can be given.
            task.cancel(true);
            return report(log, ErrorPayload.timedOut(requestId, limit));
        } catch (ExecutionException e) {
            var thrown = e.getCause() == null ? e : e.getCause();
            return report(
                    log, ErrorPayload.thrown(thrown instanceof InitializationException init ? init.thrown() : thrown));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return ErrorPayload.of(
                    "Runtime.ExitError", "RequestId: " + requestId + " Error: the local stack is ending");
        }
    }

    private Outcome.Failed report(InvocationLog log, Outcome.Failed failed) {
        log.keep(failed.errorMessage() + "\n");
        return failed;
    }

    private RequestStreamHandler handler() {
        var made = handler;
        if (made == null) {
            synchronized (this) {
                made = handler;
                if (made == null) {
                    made = HandlerLoader.make(type, environment);
                    handler = made;
                }
            }
        }
        return made;
    }
}
