package dev.overplane.crm.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What a request's calls of DynamoDB have used so far, for its log line.
///
/// Thread-safe.
public final class Usage {

    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger damaged = new AtomicInteger();
    private final DoubleAdder capacity = new DoubleAdder();

    /// How often something was sent to DynamoDB.
    public int attempts() {
        return attempts.get();
    }

    /// How many transactions were cancelled for the sake of another.
    public int conflicts() {
        return conflicts.get();
    }

    /// How many items were found that this code has not written so.
    public int damaged() {
        return damaged.get();
    }

    /// Capacity units, read and written together, as DynamoDB has counted them. Those of a call without an answer, and
    /// of a transaction that was cancelled, are not among them, though they are paid for.
    public double capacity() {
        return capacity.sum();
    }

    /// Counts an item that this code has not written so.
    public void foundDamaged() {
        damaged.incrementAndGet();
    }

    void sent() {
        attempts.incrementAndGet();
    }

    void conflicted() {
        conflicts.incrementAndGet();
    }

    void consumed(@Nullable ConsumedCapacity consumed) {
        if (consumed != null && consumed.capacityUnits() != null) {
            capacity.add(consumed.capacityUnits());
        }
    }
}
