package dev.overplane.crm.local;

import java.util.ArrayDeque;
import java.util.Deque;

/// Things to close, the last one first.
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /// Closes all of them, whatever happens on the way; of what went wrong the first is thrown. A second call
    /// does nothing.
    @Override
    public synchronized void close() {
        IllegalStateException failure = null;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("Something did not close", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
