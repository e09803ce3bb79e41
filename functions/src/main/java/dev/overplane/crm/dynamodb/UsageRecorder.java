package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Asks DynamoDB what each call costs, which is free, and counts it and the attempts.
///
/// Thread-safe.
final class UsageRecorder implements ExecutionInterceptor {

    /// Where to count, in the override configuration of the request.
    static final ExecutionAttribute<Usage> USAGE = new ExecutionAttribute<>("Usage");

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(USAGE) == null) {
            return context.request();
        }
        var total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                delete.toBuilder().returnConsumedCapacity(total).build();
            case TransactGetItemsRequest transaction ->
                transaction.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest transaction ->
                transaction.toBuilder().returnConsumedCapacity(total).build();
            case SdkRequest other -> other;
        };
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Usage usage = attributes.getAttribute(USAGE);
        if (usage != null) {
            usage.sent();
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Usage usage = attributes.getAttribute(USAGE);
        if (usage == null) {
            return;
        }
        switch (context.response()) {
            case GetItemResponse get -> usage.consumed(get.consumedCapacity());
            case QueryResponse query -> usage.consumed(query.consumedCapacity());
            case PutItemResponse put -> usage.consumed(put.consumedCapacity());
            case UpdateItemResponse update -> usage.consumed(update.consumedCapacity());
            case DeleteItemResponse delete -> usage.consumed(delete.consumedCapacity());
            case TransactGetItemsResponse transaction ->
                transaction.consumedCapacity().forEach(usage::consumed);
            case TransactWriteItemsResponse transaction ->
                transaction.consumedCapacity().forEach(usage::consumed);
            default -> {}
        }
    }
}
