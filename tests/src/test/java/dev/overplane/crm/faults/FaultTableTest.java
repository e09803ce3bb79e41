package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.overplane.crm.testing.Call;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The table "fault × call × operation". Its cells mostly wait, so they run side by side, each with an account
/// of its own.
class FaultTableTest {

    private static final int AT_ONCE = 24;

    /// Not virtual threads, which wait for each other to pause: there would be time limits missed for no fault
    /// of DynamoDB.
    private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(AT_ONCE);
    private static final Map<Operation, Map<Cell, Crowded>> TABLE = new LinkedHashMap<>();

    @BeforeAll
    static void startAllCells() {
        var cells = Arrays.stream(Operation.values())
                .flatMap(operation -> Cell.of(operation).stream())
                .toList();
        cells.forEach(cell -> TABLE.computeIfAbsent(cell.operation(), _ -> new LinkedHashMap<>())
                .put(cell, Crowded.start(RUNNERS, cell)));
    }

    @AfterAll
    static void stop() {
        RUNNERS.shutdownNow();
    }

    @TestFactory
    Stream<DynamicContainer> everyOperationHoldsItsPromisesWhateverFaultMeetsAnyOfItsCalls() {
        return TABLE.entrySet().stream()
                .map(row -> dynamicContainer(
                        row.getKey().name(),
                        row.getValue().entrySet().stream()
                                .map(cell -> dynamicTest(cell.getKey().title(), cell.getValue()::join))));
    }

    /// Were there one call more, the table above would have its cells by itself, and every client would wait
    /// for it.
    @ParameterizedTest
    @EnumSource
    void anOperationMakesNoMoreCallsThanItNeeds(Operation operation) {
        assertEquals(
                operation.calls(),
                Cell.recorded(operation).stream().map(Call::label).sorted().toList());
    }
}
