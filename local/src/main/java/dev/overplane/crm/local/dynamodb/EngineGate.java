package dev.overplane.crm.local.dynamodb;

import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Keeps two DynamoDB Locals in one JVM from working at the same time. Requests to the same one run
/// concurrently.
///
/// In rare cases one of two that worked at the same time failed every call with an internal error from then on.
/// The cause is not known. Their background jobs, which expire items and end shards, do not pass here.
/// Thread-safe.
final class EngineGate extends Handler.Wrapper {

    /// Held while an engine waits for its turn, so that requests to the busy one queue behind it. Fair.
    private static final Semaphore QUEUE = new Semaphore(1, true);
    /// Held by the engine that works.
    private static final Semaphore TURN = new Semaphore(1);

    private int running;

    /// Waits until no other engine works.
    void enter() {
        QUEUE.acquireUninterruptibly();
        try {
            synchronized (this) {
                if (running == 0) {
                    TURN.acquireUninterruptibly();
                }
                running++;
            }
        } finally {
            QUEUE.release();
        }
    }

    synchronized void exit() {
        running--;
        if (running == 0) {
            TURN.release();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        enter();
        try {
            return super.handle(request, response, callback);
        } finally {
            exit();
        }
    }
}
