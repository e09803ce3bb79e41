package dev.overplane.crm.testing;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Does things at the same time.
public final class Concurrently {

    private Concurrently() {}

    /// Runs `task` once per number from 0 to `times` - 1, each in a thread of its own; all begin at the same
    /// moment. Platform threads: virtual ones would wait for one another to pause.
    ///
    /// @return what they returned, by number
    public static <T> List<T> run(int times, IntFunction<T> task) {
        var start = new CyclicBarrier(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            var running = IntStream.range(0, times)
                    .mapToObj(number -> threads.submit(() -> {
                        start.await();
                        return task.apply(number);
                    }))
                    .toList();
            return running.stream().map(Concurrently::join).toList();
        }
    }

    /// Waits for the result of a thread, and fails if the thread has.
    public static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("one of the threads failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
