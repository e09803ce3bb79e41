package dev.overplane.crm.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Counts what goes over the wire to DynamoDB: every attempt, a retry like a first one, and the capacity units
/// that DynamoDB reports for it. For transactions DynamoDB Local reports wrong ones; they are priced by
/// [TransactionPrice] instead.
///
/// Register it with a client; measure on one thread at a time, which may use others.
public final class Meter implements ExecutionInterceptor {

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final DoubleAdder readUnits = new DoubleAdder();
    private final DoubleAdder writeUnits = new DoubleAdder();
    private final TransactionPrice transactions;

    /// @param transactions what knows the price of a transaction
    public Meter(TransactionPrice transactions) {
        this.transactions = transactions;
    }

    /// What an operation took.
    ///
    /// @param result what it returned
    /// @param calls round trips to DynamoDB
    /// @param readUnits read units
    /// @param writeUnits write units
    /// @param bytes length of DynamoDB's answers
    /// @param millis how long it took
    public record Reading<T>(T result, long calls, double readUnits, double writeUnits, long bytes, double millis) {

        /// Units of either kind.
        public double units() {
            return readUnits + writeUnits;
        }
    }

    /// Measures an operation.
    public <T> Reading<T> measure(Supplier<T> operation) {
        calls.set(0);
        bytes.set(0);
        readUnits.reset();
        writeUnits.reset();
        transactions.clear();
        long start = System.nanoTime();
        T result = operation.get();
        double millis = (System.nanoTime() - start) / 1e6;
        return new Reading<>(
                result,
                calls.get(),
                readUnits.sum() + transactions.readUnits(),
                writeUnits.sum() + transactions.writeUnits(),
                bytes.get(),
                millis);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return switch (context.request()) {
            case QueryRequest query ->
                query.toBuilder()
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                        .build();
            case GetItemRequest get ->
                get.toBuilder()
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                        .build();
            case UpdateItemRequest update ->
                update.toBuilder()
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                        .build();
            case TransactWriteItemsRequest transaction -> {
                transactions.before(transaction);
                yield transaction;
            }
            case TransactGetItemsRequest transaction -> {
                transactions.before(transaction);
                yield transaction;
            }
            case SdkRequest other -> throw new IllegalArgumentException("not metered: " + other.getClass());
        };
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        calls.incrementAndGet();
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        bytes.addAndGet(context.httpResponse()
                .firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(0L));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        switch (context.response()) {
            case QueryResponse query -> add(query.consumedCapacity(), readUnits);
            case GetItemResponse get -> add(get.consumedCapacity(), readUnits);
            case UpdateItemResponse update -> add(update.consumedCapacity(), writeUnits);
            default -> {}
        }
    }

    private static void add(@Nullable ConsumedCapacity consumed, DoubleAdder units) {
        if (consumed != null) {
            units.add(consumed.capacityUnits());
        }
    }
}
