package dev.overplane.crm.segment.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// A read that is made beside another one, by a thread of its own; or by the thread that wants the result, where that
/// comes to it first: to be woken takes longer than to read what is at hand.
///
/// Thread-safe.
///
/// @param <T> the result
final class ConcurrentRead<T> {

    private final Supplier<T> read;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private ConcurrentRead(Supplier<T> read) {
        this.read = read;
    }

    /// Begins a read.
    static <T> ConcurrentRead<T> start(Supplier<T> read) {
        var concurrent = new ConcurrentRead<>(read);
        Thread.startVirtualThread(concurrent::run);
        return concurrent;
    }

    /// Waits for the result.
    ///
    /// @throws RuntimeException the one that the read has thrown
    T await() {
        run();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// Makes the read, once, whoever calls.
    private void run() {
        if (begun.compareAndSet(false, true)) {
            try {
                result.complete(read.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }
    }
}
