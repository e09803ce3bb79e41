package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The messages of the queues for batches that Lambda has given up. Thread-safe.
public final class FailureQueue {

    private static final int KEPT = 1_000;

    private final Deque<ObjectNode> messages = new ArrayDeque<>();

    /// Returns the last 1,000 messages, newest first.
    public synchronized List<ObjectNode> messages() {
        return messages.stream().map(ObjectNode::deepCopy).toList();
    }

    /// Adds a message, and prints it.
    synchronized void send(ObjectNode message) {
        System.err.println("FAILED " + message);
        messages.addFirst(message);
        if (messages.size() > KEPT) {
            messages.removeLast();
        }
    }
}
