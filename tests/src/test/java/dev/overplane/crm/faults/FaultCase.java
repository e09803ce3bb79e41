package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// One case of the table: at one of an operation's calls one fault happens, to its first attempt or to all.
///
/// @param call the call, as a fault-free run made it
/// @param occurrence which of the operation's calls with that label it is, from 0
record FaultCase(Operation operation, Call call, int occurrence, FaultKind fault, boolean permanent) {

    /// Far above the 3 s after which functions give up, and far below what they would take without a deadline.
    private static final Duration BOUND = Duration.ofSeconds(10);

    /// Cases that do not just wait: few at a time, or DynamoDB Local becomes so slow that it is taken for
    /// failed.
    private static final Semaphore BUSY = new Semaphore(3);

    /// The cases of an operation: as many as there are kinds of faults that apply to the calls that it makes.
    static List<FaultCase> of(Operation operation) {
        var cases = new ArrayList<FaultCase>();
        List<Call> calls = recorded(operation);
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            int occurrence = (int) calls.subList(0, i).stream()
                    .filter(other -> other.label().equals(call.label()))
                    .count();
            for (FaultKind fault : FaultKind.values()) {
                if (fault.appliesTo(call)) {
                    cases.add(new FaultCase(operation, call, occurrence, fault, false));
                    cases.add(new FaultCase(operation, call, occurrence, fault, true));
                }
            }
        }
        return cases;
    }

    /// The calls of the operation without faults.
    static List<Call> recorded(Operation operation) {
        try (Fixture fixture = operation.arrange()) {
            operation.request(fixture);
            return fixture.proxy().calls();
        }
    }

    String title() {
        return "call %s %d: %s %s"
                .formatted(
                        call.label(),
                        occurrence + 1,
                        fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        permanent ? "for good" : "once");
    }

    void run() throws InterruptedException {
        try (Fixture fixture = quietly(operation::arrange)) {
            var plan = new Plan();
            fixture.proxy().plan(plan::decide);
            long start = System.nanoTime();
            Outcome outcome = operation.request(fixture);
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            fixture.proxy().awaitQuiet();
            plan.end();
            List<Exchange> exchanges = fixture.proxy().exchanges();
            assertTrue(
                    exchanges.stream().anyMatch(exchange -> !(exchange.fault() instanceof Fault.None)),
                    "the fault was injected");
            assertTrue(elapsed.compareTo(BOUND) < 0, "answered after " + elapsed);
            boolean refused = permanent && !operation.goesOnWithout(call);
            if (refused) {
                assertUnavailable(outcome);
            }
            boolean committed = exchanges.stream().anyMatch(Exchange::committed);
            Effect effect = !refused ? Effect.ANSWERED : committed ? Effect.DONE_UNHEARD : Effect.NOT_DONE;
            quietly(() -> {
                operation.check(fixture, new Operation.Seen(operation, outcome, effect));
                return fixture;
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

        private final List<String> invocations = new ArrayList<>();
        private final Set<String> cancelledTokens = new HashSet<>();
        private boolean ended;

        /// Lets invocations pass from now on, but for an attempt that the deadline has left under way.
        synchronized void end() {
            ended = true;
        }

        private synchronized Fault decide(Call attempt) {
            if (!attempt.label().equals(call.label())) {
                return Fault.none();
            }
            if (!invocations.contains(attempt.invocation())) {
                if (ended) {
                    return Fault.none();
                }
                invocations.add(attempt.invocation());
            }
            int index = invocations.indexOf(attempt.invocation());
            // A cancelled transaction is made anew as another invocation, and so is whatever follows a call
            // that succeeds, which a permanent fault never lets happen.
            boolean isTarget = permanent ? index >= occurrence : index == occurrence && attempt.attempt() == 1;
            String token = attempt.body().path("ClientRequestToken").asText();
            if (isTarget && fault == FaultKind.CANCELLATION_REPLAYED) {
                cancelledTokens.add(token);
            }
            return isTarget || cancelledTokens.contains(token) ? fault.of(attempt) : Fault.none();
        }
    }

    private void assertUnavailable(Outcome outcome) {
        if (fault.isConflictOnRecord(call)) {
            ((ApiResponse) outcome).mustBe(ApiError.idempotencyKeyInUse());
        } else {
            operation.assertUnavailable(outcome);
        }
    }
}
