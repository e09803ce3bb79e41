package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Concurrently;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The table "fault × call × operation". Its cases mostly wait, so they run side by side, each with an account
/// of its own.
class FaultTableTest {

    private static final int AT_ONCE = 40;

    /// Not virtual threads, which wait for each other to pause: there would be time limits missed for no fault
    /// of DynamoDB.
    private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<Operation, Map<FaultCase, Future<?>>> TABLE = new LinkedHashMap<>();

    @BeforeAll
    static void start_all_cases() {
        var cases = Arrays.stream(Operation.values())
                .flatMap(operation -> FaultCase.of(operation).stream())
                .toList();
        cases.forEach(each -> TABLE.computeIfAbsent(each.operation(), _ -> new LinkedHashMap<>())
                .put(each, RUNNERS.submit(() -> {
                    each.run();
                    return null;
                })));
    }

    @AfterAll
    static void stop() {
        RUNNERS.shutdownNow();
    }

    @TestFactory
    Stream<DynamicContainer> every_operation_holds_its_promises_whatever_fault_meets_any_of_its_calls() {
        return TABLE.entrySet().stream()
                .map(row -> dynamicContainer(
                        row.getKey().name(),
                        row.getValue().entrySet().stream()
                                .map(entry -> dynamicTest(
                                        entry.getKey().title(), () -> Concurrently.join(entry.getValue())))));
    }

    /// One call more would add its cases to the table without a word, and every client would wait for it.
    @ParameterizedTest
    @EnumSource
    void an_operation_makes_no_more_calls_than_it_needs(Operation operation) {
        assertEquals(
                operation.calls(),
                FaultCase.recorded(operation).stream().map(Call::label).sorted().toList());
    }
}
