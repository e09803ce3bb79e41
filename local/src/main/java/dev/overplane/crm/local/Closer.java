package dev.overplane.crm.local;

import java.util.ArrayDeque;
import java.util.Deque;

/// Closes resources in reverse order of their registration. Thread-safe.
final class Closer implements AutoCloseable {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T register(T resource) {
        resources.push(resource);
        return resource;
    }

    /// Closes every resource, even if one fails. A second call does nothing.
    ///
    /// @throws IllegalStateException with the first failure as its cause and the others suppressed
    @Override
    public synchronized void close() {
        IllegalStateException failure = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("A part of the local stack could not be closed", e);
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
