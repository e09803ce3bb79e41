package dev.overplane.crm.local.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.lambda.Outcome.Throttled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Creates the JSON that Lambda returns for a function that failed.
final class ErrorPayload {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ErrorPayload() {}

    static Failed thrown(Throwable thrown) {
        return failed(describe(thrown, new HashSet<>()), thrown.getMessage() == null ? "" : thrown.getMessage());
    }

    static Failed timedOut(String requestId, Duration limit) {
        var message = String.format(
                Locale.ROOT,
                "%s %s Task timed out after %.2f seconds",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                requestId,
                limit.toMillis() / 1000.0);
        return of("Sandbox.Timedout", message);
    }

    static Throttled throttled() {
        var payload = JSON.createObjectNode()
                .put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")
                .put("Type", "User")
                .put("message", "Rate Exceeded.");
        return new Throttled(payload.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Failed of(String errorType, String message) {
        return failed(JSON.createObjectNode().put("errorType", errorType).put("errorMessage", message), message);
    }

    private static Failed failed(ObjectNode payload, String message) {
        return new Failed(payload.toString().getBytes(StandardCharsets.UTF_8), message);
    }

    private static ObjectNode describe(Throwable thrown, Set<Throwable> seen) {
        var error = JSON.createObjectNode();
        error.put("errorMessage", thrown.getMessage());
        error.put("errorType", thrown.getClass().getName());
        var trace = error.putArray("stackTrace");
        for (var frame : thrown.getStackTrace()) {
            trace.add(frame.toString());
        }
        var cause = thrown.getCause();
        if (cause != null && seen.add(cause)) {
            error.set("cause", describe(cause, seen));
        }
        return error;
    }
}
