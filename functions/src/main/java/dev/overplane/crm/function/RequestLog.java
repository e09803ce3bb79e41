package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.Usage;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.log.Metrics;
import dev.overplane.crm.log.Metrics.Unit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Logs each request of a function in one line, which its metrics are part of: `docs/operations.md` lists both. Never
/// a body, a name, a key, or what a client wrote into a header or the path.
///
/// Thread-safe.
final class RequestLog {

    private static final Map<String, Unit> METRICS = Map.of(
            "Duration", Unit.MILLISECONDS,
            "ServerErrors", Unit.COUNT,
            "ClientErrors", Unit.COUNT,
            "StoreUnavailable", Unit.COUNT,
            "TransactionConflicts", Unit.COUNT,
            "DamagedItems", Unit.COUNT);

    private final Metrics metrics;
    private final String firstStart;
    private final AtomicBoolean used = new AtomicBoolean();

    /// @param snapshot whether the function's first request comes after a restore, and not after a plain start
    RequestLog(String stack, String operation, boolean snapshot) {
        metrics = Metrics.of(stack, operation, METRICS);
        firstStart = snapshot ? "restored" : "cold";
    }

    /// Logs what has become of a request.
    ///
    /// @param event such as `request`
    /// @param status of the response; 500 if it was none
    /// @param error the contract's code, if the response is an error
    /// @param deadline when the request began, and what it has used
    /// @param request what tells the request from others
    void log(
            String event,
            int status,
            Optional<ErrorCode> error,
            Deadline deadline,
            Context context,
            Consumer<Log.Fields> request) {
        Usage usage = deadline.usage();
        String start = used.getAndSet(true) ? "warm" : firstStart;
        Log.info(event, metrics, fields -> {
            request.accept(fields);
            fields.add("lambda_request_id", context.getAwsRequestId());
            String trace = context.getXrayTraceId();
            if (trace != null) {
                fields.add("trace_id", trace);
            }
            fields.add("status", status);
            error.ifPresent(code -> fields.add("error_code", code.code()));
            fields.add("start", start)
                    .add("attempts", usage.attempts())
                    .add("capacity_units", usage.capacity())
                    .add("Duration", deadline.elapsed().toMillis())
                    .add("ServerErrors", status >= 500 ? 1 : 0)
                    .add("ClientErrors", status >= 400 && status < 500 ? 1 : 0)
                    .add(
                            "StoreUnavailable",
                            error.filter(ErrorCode.STORE_UNAVAILABLE::equals).isPresent() ? 1 : 0)
                    .add("TransactionConflicts", usage.conflicts())
                    .add("DamagedItems", usage.damaged());
        });
    }
}
