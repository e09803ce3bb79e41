package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.FaultProxy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random creates, updates and deletes by 16 threads on four instances, with pages of four objects that turn
/// all the time, while DynamoDB throttles, conflicts and loses requests and responses.
@Isolated("Who else keeps the processor busy may undo a race.")
class RandomWritesTest {

    private static final int THREADS = 16;
    private static final int STEPS = 12;

    private ConcurrentModel model = new ConcurrentModel(false);

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void total_pages_order_and_changes_are_those_of_a_model(long seed, boolean withKeys) {
        model.close();
        model = new ConcurrentModel(withKeys);
        model.proxy().plan(faults(seed));

        run(seed);

        assertEquals(List.of(), model.violations());
    }

    /// The negative twin.
    @Test
    void without_the_condition_on_the_page_the_pages_are_wrong() {
        model.proxy().rewriting(WithoutProtection::byPage);

        assertCaught();
    }

    /// The negative twin.
    @Test
    void without_the_token_and_the_conditions_on_objects_things_happen_twice() {
        model.proxy().plan(faults(3));
        model.proxy().rewriting(WithoutProtection::byToken);

        assertCaught();
    }

    private void assertCaught() {
        run(3);

        assertNotEquals(List.of(), model.violations());
    }

    private void run(long seed) {
        Concurrently.run(THREADS, thread -> {
            RandomGenerator random = new SplittableRandom(seed * THREADS + thread);
            for (int step = 0; step < STEPS; step++) {
                model.step(thread, random);
            }
            return null;
        });
    }

    /// Every third attempt or so fails in some way. Retries may fail too, but not for ever.
    private static FaultProxy.Plan faults(long seed) {
        var random = new SplittableRandom(seed);
        return call -> {
            int dice;
            synchronized (random) {
                dice = random.nextInt(24);
            }
            return call.isWrite() && call.attempt() < 7 ? fault(call, dice) : Fault.none();
        };
    }

    private static Fault fault(Call call, int dice) {
        return switch (dice) {
            case 0, 1 -> Fault.conflict(call);
            case 2 -> call.actions() > 0 ? Fault.conflict(call, 0) : Fault.conflict(call);
            case 3 -> Fault.throttled(call);
            case 4 -> Fault.serverError();
            case 5 -> new Fault.CutBefore();
            case 6, 7 -> new Fault.CutAfter();
            case 8 -> new Fault.CutMidway();
            default -> Fault.none();
        };
    }
}
