package dev.overplane.crm.eventbridge;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Puts events on a bus, at least once, in order per object.
///
/// A call takes several events and may fail for any of them, so it has at most one event of each object. The
/// next event of an object follows only when the bus has the one before. What fails is tried again after a
/// random wait that grows, until the deadline.
///
/// Thread-safe if the bus is.
public final class EventPublisher {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(3);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 5;

    private final EventBus bus;
    private final RandomGenerator random;
    private final Pause pause;

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /// @param random draws the waits; no SnapStart snapshot may hold its state
    public EventPublisher(EventBus bus, RandomGenerator random) {
        this(bus, random, Thread::sleep);
    }

    EventPublisher(EventBus bus, RandomGenerator random, Pause pause) {
        this.bus = bus;
        this.random = random;
        this.pause = pause;
    }

    /// Puts events on the bus.
    ///
    /// @return the indexes of those that the bus does not have for sure when the deadline comes, in ascending
    ///     order; for each object they are its last events
    public SortedSet<Integer> publish(List<BusEvent> events, Deadline deadline) {
        var pending = new TreeSet<Integer>();
        for (int i = 0; i < events.size(); i++) {
            pending.add(i);
        }
        int failures = 0;
        while (!pending.isEmpty() && isTimeLeft(deadline)) {
            List<Integer> call = nextCall(events, pending);
            List<Integer> put = put(events, call, deadline);
            put.forEach(pending::remove);
            failures = put.size() == call.size() ? 0 : failures + 1;
            if (failures > 0 && !waited(failures, deadline)) {
                break;
            }
        }
        return pending;
    }

    /// The first events that one call may have: one of each object, within the limits of the bus.
    private List<Integer> nextCall(List<BusEvent> events, Iterable<Integer> pending) {
        var call = new ArrayList<Integer>();
        var objects = new HashSet<String>();
        int bytes = 0;
        for (int i : pending) {
            // Also where it does not fit: what follows of its object must not overtake it.
            if (objects.add(events.get(i).object())) {
                int size = bus.size(events.get(i));
                if (call.isEmpty() || bytes + size <= EventBus.MAX_BYTES) {
                    call.add(i);
                    bytes += size;
                }
            }
            if (call.size() == EventBus.MAX_EVENTS) {
                break;
            }
        }
        return call;
    }

    /// @return those of the call that the bus has
    private List<Integer> put(List<BusEvent> events, List<Integer> call, Deadline deadline) {
        Duration remaining = deadline.remaining();
        try {
            List<Boolean> taken = bus.put(
                    call.stream().map(events::get).toList(),
                    remaining.compareTo(CALL_LIMIT) < 0 ? remaining : CALL_LIMIT);
            var put = new ArrayList<Integer>();
            for (int i = 0; i < call.size(); i++) {
                if (taken.get(i)) {
                    put.add(call.get(i));
                }
            }
            return put;
        } catch (EventBusException e) {
            Log.warn(
                    "event_bus_unavailable",
                    fields -> fields.add("events", call.size()).add("problem", String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    /// @return whether another attempt may be made
    private boolean waited(int failures, Deadline deadline) {
        long window = FIRST_WAIT.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
        Duration wait = Duration.ofNanos(random.nextLong(window + 1));
        if (wait.compareTo(deadline.remaining()) >= 0) {
            return false;
        }
        try {
            pause.pause(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isTimeLeft(Deadline deadline) {
        return deadline.remaining().isPositive();
    }
}
