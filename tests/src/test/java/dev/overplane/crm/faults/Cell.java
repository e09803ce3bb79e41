package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// One cell of the table: at one of an operation's calls one fault happens, to its first attempt or to all.
///
/// @param call the call, as a fault-free run made it
/// @param occurrence which of the operation's calls with that label it is, from 0
record Cell(Operation operation, Call call, int occurrence, FaultKind fault, boolean permanent)
        implements Crowded.Check {

    /// What the contract gives a client to wait at most.
    private static final Duration BOUND = Duration.ofSeconds(5);

    /// Cells that do not just wait: few at a time, or DynamoDB Local becomes so slow that it is taken for
    /// failed.
    private static final Semaphore BUSY = new Semaphore(3);

    /// The cells of an operation: as many as there are kinds of faults that apply to the calls that it makes.
    static List<Cell> of(Operation operation) {
        var cells = new ArrayList<Cell>();
        List<Call> calls = recorded(operation);
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            int occurrence = (int) calls.subList(0, i).stream()
                    .filter(other -> other.label().equals(call.label()))
                    .count();
            for (FaultKind fault : FaultKind.values()) {
                if (fault.appliesTo(call)) {
                    cells.add(new Cell(operation, call, occurrence, fault, false));
                    cells.add(new Cell(operation, call, occurrence, fault, true));
                }
            }
        }
        return cells;
    }

    /// The calls of the operation without faults.
    static List<Call> recorded(Operation operation) {
        try (Site site = operation.arrange()) {
            operation.request(site);
            return site.proxy().calls();
        }
    }

    String title() {
        return "call %s %d: %s %s"
                .formatted(
                        call.label(),
                        occurrence + 1,
                        fault.name().toLowerCase().replace('_', ' '),
                        permanent ? "for good" : "once");
    }

    @Override
    public void run() throws InterruptedException {
        try (Site site = quietly(operation::arrange)) {
            site.proxy().plan(new Plan()::decide);
            long start = System.nanoTime();
            Answer answer = operation.request(site);
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            site.proxy().awaitQuiet();
            site.proxy().plan(_ -> Fault.none());
            List<Exchange> exchanges = site.proxy().exchanges();
            assertTrue(
                    exchanges.stream().anyMatch(exchange -> !(exchange.fault() instanceof Fault.None)),
                    "the fault was injected");
            assertTrue(elapsed.compareTo(BOUND) < 0, "answered after " + elapsed);
            if (permanent) {
                assertUnavailable(answer);
            }
            boolean committed = exchanges.stream().anyMatch(Exchange::committed);
            Effect effect = !permanent ? Effect.ANSWERED : committed ? Effect.DONE_UNHEARD : Effect.NOT_DONE;
            quietly(() -> {
                operation.check(site, new Operation.Seen(answer, effect));
                return site;
            });
        }
    }

    private static <T> T quietly(Supplier<T> work) {
        BUSY.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            BUSY.release();
        }
    }

    /// Finds the call among the attempts that arrive.
    private final class Plan {

        private final List<String> alike = new ArrayList<>();

        private synchronized Fault decide(Call attempt) {
            if (!attempt.label().equals(call.label())) {
                return Fault.none();
            }
            if (!alike.contains(attempt.invocation())) {
                alike.add(attempt.invocation());
            }
            boolean meant = alike.indexOf(attempt.invocation()) == occurrence;
            return meant && (permanent || attempt.attempt() == 1) ? fault.of(attempt) : Fault.none();
        }
    }

    private void assertUnavailable(Answer answer) {
        if (fault.isConflictOnRecord(call)) {
            assertEquals(409, answer.status());
            assertEquals("idempotency_key_in_use", answer.code());
        } else {
            operation.assertUnavailable(answer);
        }
    }
}
