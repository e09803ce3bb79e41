package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/// Transactions that conflict as on DynamoDB, which DynamoDB Local never lets them do: a transaction holds its
/// items for a while, and meanwhile every other transaction on one of them is cancelled with
/// `TransactionConflict`, and every other write refused.
///
/// A plan of a [FaultProxy]: `proxy.plan(new ConflictSimulator(Duration.ofMillis(15)))`. Thread-safe.
public final class ConflictSimulator implements FaultProxy.Plan {

    private final Duration hold;
    private final Set<String> held = new HashSet<>();
    private final AtomicInteger conflicts = new AtomicInteger();

    /// @param hold how long a transaction holds its items
    public ConflictSimulator(Duration hold) {
        this.hold = hold;
    }

    /// How many requests met a transaction so far.
    public int conflicts() {
        return conflicts.get();
    }

    @Override
    public Fault apply(Call call) {
        if (!call.isWrite()) {
            return Fault.none();
        }
        List<String> items = items(call);
        synchronized (held) {
            for (int action = 0; action < items.size(); action++) {
                if (held.contains(items.get(action))) {
                    conflicts.incrementAndGet();
                    return call.actions() > 0 ? Fault.conflict(call, action) : Fault.conflict(call);
                }
            }
            if (call.actions() == 0) {
                return Fault.none();
            }
            held.addAll(items);
        }
        try {
            Thread.sleep(hold);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (held) {
            items.forEach(held::remove);
        }
        return Fault.none();
    }

    private static List<String> items(Call call) {
        return call.actions() == 0
                ? List.of(item(call.body()))
                : StreamSupport.stream(call.body().path("TransactItems").spliterator(), false)
                        .map(action -> item(action.elements().next()))
                        .toList();
    }

    /// The table and the key that an action names.
    private static String item(JsonNode action) {
        JsonNode attributes = action.has("Key") ? action.path("Key") : action.path("Item");
        String sortKey = attributes.has("key") ? "key" : "id";
        return action.path("TableName").asText() + attributes.path("tenant") + attributes.path(sortKey);
    }
}
