package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.client.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// DynamoDB is away altogether, in each of the ways in which it can be, and comes back.
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class OutageTest {

    private static final int AT_ONCE = 16;
    /// Far above the 3 s after which functions give up, and far below what they would take without a deadline.
    private static final Duration BOUND = Duration.ofSeconds(10);

    private enum Outage {
        REFUSED(FaultProxy::disconnect, FaultProxy::reconnect),
        BLACK_HOLE(proxy -> proxy.plan(_ -> new Fault.Silent()), proxy -> proxy.plan(_ -> Fault.none())),
        CUT_MIDWAY(proxy -> proxy.plan(_ -> new Fault.CutMidway()), proxy -> proxy.plan(_ -> Fault.none()));

        private final Consumer<FaultProxy> begin;
        private final Consumer<FaultProxy> end;

        Outage(Consumer<FaultProxy> begin, Consumer<FaultProxy> end) {
            this.begin = begin;
            this.end = end;
        }
    }

    /// All with the same functions: their connections date from before.
    private record Run(Operation operation, Outage outage) {

        DynamicTest start(ExecutorService runners) {
            Future<?> result = runners.submit(this::run);
            return DynamicTest.dynamicTest(operation + ", " + outage, () -> Concurrently.join(result));
        }

        private void run() {
            try (Fixture fixture = operation.arrange()) {
                fixture.client().retrieve(operation.isHttp() ? fixture.target() : "none");
                outage.begin.accept(fixture.proxy());
                long start = System.nanoTime();
                Outcome outcome = operation.request(fixture);
                var elapsed = Duration.ofNanos(System.nanoTime() - start);
                operation.assertUnavailable(outcome);
                assertTrue(elapsed.compareTo(BOUND) < 0, "answered after " + elapsed);
                outage.end.accept(fixture.proxy());
                Outcome after = operation.request(fixture);
                assertTrue(operation.succeeds(after), () -> "works again by itself: " + after);
            }
        }
    }

    @TestFactory
    List<DynamicTest> every_operation_is_refused_in_time_during_an_outage_and_works_again_by_itself_after_it() {
        ExecutorService runners = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = Arrays.stream(Operation.values())
                .flatMap(operation -> Arrays.stream(Outage.values()).map(outage -> new Run(operation, outage)))
                .map(run -> run.start(runners))
                .toList();
        runners.shutdown();
        return tests;
    }
}
