package dev.overplane.crm.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(20)
class EngineGateTest {

    private final EngineGate one = new EngineGate();
    private final EngineGate other = new EngineGate();
    private final List<String> entered = new CopyOnWriteArrayList<>();

    @Test
    void requests_to_one_engine_run_concurrently() {
        one.enter();
        one.enter();
        one.exit();
        one.exit();
    }

    @Test
    void a_request_to_another_engine_waits_until_all_of_the_first_have_ended() throws InterruptedException {
        one.enter();
        one.enter();
        var waiting = enterBlocked("other", other);
        one.exit();
        assertEquals(List.of(), entered);
        one.exit();
        waiting.join();
        assertEquals(List.of("other"), entered);
    }

    @Test
    void a_busy_engine_does_not_keep_another_waiting() throws InterruptedException {
        one.enter();
        var first = enterBlocked("other", other);
        var second = enterBlocked("one", one);
        one.exit();
        first.join();
        second.join();
        assertEquals(List.of("other", "one"), entered);
    }

    /// Returns when the thread waits to enter.
    private Thread enterBlocked(String name, EngineGate gate) {
        var thread = Thread.ofPlatform().daemon().start(() -> {
            gate.enter();
            entered.add(name);
            gate.exit();
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
