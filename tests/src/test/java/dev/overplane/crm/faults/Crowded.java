package dev.overplane.crm.faults;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// A check that runs beside many others. If it fails there it is run once more, in the thread that asks: a busy
/// computer misses time limits, a fault in the code is found both times.
final class Crowded {

    /// What is checked.
    interface Check {
        void run() throws Exception;
    }

    private final Check check;
    private final Future<?> first;

    private Crowded(Check check, Future<?> first) {
        this.check = check;
        this.first = first;
    }

    static Crowded start(ExecutorService runners, Check check) {
        return new Crowded(check, runners.submit(() -> {
            check.run();
            return null;
        }));
    }

    void join() throws Exception {
        try {
            first.get();
        } catch (ExecutionException e) {
            check.run();
        }
    }
}
