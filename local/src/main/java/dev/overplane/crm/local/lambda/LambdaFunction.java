package dev.overplane.crm.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.overplane.crm.local.lambda.Outcome.Succeeded;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A function that runs in this JVM. One instance of the handler serves all invocations, even concurrent ones.
/// That is stricter than Lambda, where an instance serves one at a time. Thread-safe.
public final class LambdaFunction {

    static final String VERSION = "$LATEST";
    /// Lambda's limit for the request and the response of a synchronous invocation, in bytes.
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    private final Function definition;
    private final Map<String, String> environment;
    private final Class<?> type;
    private final AtomicInteger running = new AtomicInteger();
    private volatile int reservedConcurrency = Integer.MAX_VALUE;
    private volatile @Nullable RequestStreamHandler handler;

    LambdaFunction(Function definition, Map<String, String> environment) {
        this.definition = definition;
        this.environment = Map.copyOf(environment);
        this.type = HandlerLoader.load(definition.logicalId(), definition.handler());
    }

    public Function definition() {
        return definition;
    }

    /// Returns the function's environment variables.
    public Map<String, String> environment() {
        return environment;
    }

    /// Creates the handler. If that fails, prints the failure; each invocation tries again.
    void initialize() {
        try {
            handler();
        } catch (InitializationException e) {
            System.err.println(definition.logicalId() + " could not be initialised: " + e.thrown());
        }
    }

    /// Limits how many invocations may run at once; 0 stops them all. Invocations that run already go on.
    void reserveConcurrency(int limit) {
        reservedConcurrency = limit;
    }

    /// Lifts the limit.
    void releaseConcurrency() {
        reservedConcurrency = Integer.MAX_VALUE;
    }

    /// Runs the function, and waits until it ends or times out.
    public Invocation invoke(byte[] payload) {
        var requestId = UUID.randomUUID().toString();
        try {
            return running.incrementAndGet() > reservedConcurrency
                    ? new Invocation(requestId, ErrorPayload.throttled(), "")
                    : execute(payload, requestId);
        } finally {
            running.decrementAndGet();
        }
    }

    private Invocation execute(byte[] payload, String requestId) {
        var log = new InvocationLog(System.out);
        var started = System.nanoTime();
        log.append("START RequestId: " + requestId + " Version: " + VERSION + "\n");
        var outcome = run(payload, requestId, log, started);
        var duration = Duration.ofNanos(System.nanoTime() - started).toMillis();
        log.append("END RequestId: " + requestId + "\nREPORT RequestId: " + requestId + "\tDuration: " + duration
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
            var response = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return response.length <= PAYLOAD_LIMIT
                    ? new Succeeded(response.length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : response)
                    : ErrorPayload.of(
                            "Function.ResponseSizeTooLarge",
                            "Response payload size exceeded maximum allowed payload size (" + PAYLOAD_LIMIT
                                    + " bytes).");
        } catch (TimeoutException e) {
            // Lambda would end the process. A thread can only be interrupted.
            task.cancel(true);
            return logged(log, ErrorPayload.timedOut(requestId, limit));
        } catch (ExecutionException e) {
            var thrown = e.getCause() == null ? e : e.getCause();
            return logged(
                    log, ErrorPayload.thrown(thrown instanceof InitializationException init ? init.thrown() : thrown));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return ErrorPayload.of(
                    "Runtime.ExitError", "RequestId: " + requestId + " Error: the local stack is stopping");
        }
    }

    private static Outcome.Failed logged(InvocationLog log, Outcome.Failed failed) {
        log.append(failed.errorMessage() + "\n");
        return failed;
    }

    private RequestStreamHandler handler() {
        var created = handler;
        if (created == null) {
            synchronized (this) {
                created = handler;
                if (created == null) {
                    created = HandlerLoader.create(type, environment);
                    handler = created;
                }
            }
        }
        return created;
    }
}
