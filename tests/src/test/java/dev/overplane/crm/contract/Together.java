package dev.overplane.crm.contract;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Does things at once.
final class Together {

    private Together() {}

    /// Runs `task` once per number from 0 to `times` - 1, each in a thread of its own, all let loose at the
    /// same moment.
    ///
    /// @return what they returned, by number
    static <T> List<T> run(int times, IntFunction<T> task) {
        var gate = new CyclicBarrier(times);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            var running = IntStream.range(0, times)
                    .mapToObj(number -> threads.submit(() -> {
                        gate.await(10, TimeUnit.SECONDS);
                        return task.apply(number);
                    }))
                    .toList();
            return running.stream().map(Together::join).toList();
        }
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("one of the threads failed", e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
