package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.FaultProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// DynamoDB is away altogether, in each of the ways in which it can be, and comes back.
class OutageTest {

    private static final Duration BOUND = Duration.ofSeconds(5);

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

    private record Run(Operation operation, Outage outage) implements Crowded.Check {

        /// All with the same functions: their connections date from before.
        @Override
        public void run() {
            try (Site site = operation.arrange()) {
                site.functions().retrieve(site.request().id(operation.isHttp() ? site.target() : "none"));
                outage.begin.accept(site.proxy());
                long start = System.nanoTime();
                Answer answer = operation.request(site);
                var elapsed = Duration.ofNanos(System.nanoTime() - start);
                operation.assertUnavailable(answer);
                assertTrue(elapsed.compareTo(BOUND) < 0, "answered after " + elapsed);
                outage.end.accept(site.proxy());
                Answer after = operation.request(site);
                assertTrue(operation.succeeds(after), () -> "works again by itself: " + after);
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyOperationIsRefusedInTimeDuringAnOutageAndWorksAgainByItselfAfterIt() {
        ExecutorService runners = Executors.newFixedThreadPool(12);
        List<DynamicTest> tests = Arrays.stream(Operation.values())
                .flatMap(operation -> Arrays.stream(Outage.values()).map(outage -> new Run(operation, outage)))
                .map(run -> test(run, Crowded.start(runners, run)))
                .toList();
        runners.shutdown();
        return tests;
    }

    private static DynamicTest test(Run run, Crowded result) {
        return DynamicTest.dynamicTest(run.operation() + ", " + run.outage(), result::join);
    }
}
