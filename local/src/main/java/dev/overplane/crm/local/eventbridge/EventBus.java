package dev.overplane.crm.local.eventbridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Keeps the last events of a bus, as its subscribers would get them. Thread-safe.
public final class EventBus {

    private static final int KEPT = 1_000;

    private final String name;
    private final Deque<ObjectNode> events = new ArrayDeque<>();

    public EventBus(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// Returns the last 1,000 events, newest first.
    public synchronized List<ObjectNode> events() {
        return events.stream().map(ObjectNode::deepCopy).toList();
    }

    /// Adds an event, and prints it.
    synchronized void put(ObjectNode event) {
        System.out.println("EVENT " + event);
        events.addFirst(event);
        if (events.size() > KEPT) {
            events.removeLast();
        }
    }
}
