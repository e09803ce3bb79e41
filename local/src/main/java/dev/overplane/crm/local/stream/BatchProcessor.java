package dev.overplane.crm.local.stream;

import dev.overplane.crm.local.lambda.Outcome;
import dev.overplane.crm.local.template.StreamMapping;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Invokes a function with a batch until every record is done or given up, as an event source mapping does.
///
/// Where AWS's documentation is silent: attempts are counted anew for what remains after some records of a
/// batch are done, and for each half of a batch that is split.
final class BatchProcessor {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 3;

    private final StreamMapping mapping;
    private final Function<List<StreamRecord>, Outcome> invoker;
    private final Consumer<DiscardedBatch> onFailure;
    private final InstantSource clock;
    private final Pause pause;

    /// Waits before another attempt.
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    BatchProcessor(
            StreamMapping mapping,
            Function<List<StreamRecord>, Outcome> invoker,
            Consumer<DiscardedBatch> onFailure,
            InstantSource clock,
            Pause pause) {
        this.mapping = mapping;
        this.invoker = invoker;
        this.onFailure = onFailure;
        this.clock = clock;
        this.pause = pause;
    }

    /// @throws InterruptedException if the stack stops
    void process(List<StreamRecord> batch) throws InterruptedException {
        int attempts = 0;
        var rest = withoutExpired(batch, attempts);
        while (!rest.isEmpty()) {
            attempts++;
            switch (BatchResult.of(invoker.apply(rest), mapping.reportsBatchItemFailures(), rest)) {
                case BatchResult.Done() -> {
                    return;
                }
                case BatchResult.FailedFrom(int index) -> {
                    rest = rest.subList(index, rest.size());
                    attempts = index > 0 ? 0 : attempts;
                }
                case BatchResult.NotAttempted() -> attempts--;
                case BatchResult.Failed() -> {
                    if (mapping.bisects() && rest.size() > 1) {
                        process(rest.subList(0, rest.size() / 2));
                        process(rest.subList(rest.size() / 2, rest.size()));
                        return;
                    }
                }
            }
            if (mapping.maximumRetryAttempts().isPresent()
                    && attempts > mapping.maximumRetryAttempts().getAsInt()) {
                onFailure.accept(new DiscardedBatch("RetryAttemptsExhausted", rest, attempts));
                return;
            }
            pause.pause(FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS)));
            rest = withoutExpired(rest, attempts);
        }
    }

    private List<StreamRecord> withoutExpired(List<StreamRecord> batch, int invocations) {
        if (mapping.maximumRecordAge().isEmpty()) {
            return batch;
        }
        var oldest = clock.instant().minus(mapping.maximumRecordAge().get());
        int expired = 0;
        while (expired < batch.size() && batch.get(expired).created().isBefore(oldest)) {
            expired++;
        }
        if (expired > 0) {
            onFailure.accept(new DiscardedBatch("RecordAgeExceeded", batch.subList(0, expired), invocations));
        }
        return batch.subList(expired, batch.size());
    }
}
