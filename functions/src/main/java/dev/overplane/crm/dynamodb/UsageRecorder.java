package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
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
        return asking(context.request(), ReturnConsumedCapacity.TOTAL);
    }

    // No switch: it would load the classes of all its cases, and make code for itself, in the first call of a start.
    private static SdkRequest asking(SdkRequest request, ReturnConsumedCapacity capacity) {
        if (request instanceof GetItemRequest get) {
            return get.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof QueryRequest query) {
            return query.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof PutItemRequest put) {
            return put.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof UpdateItemRequest update) {
            return update.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof DeleteItemRequest delete) {
            return delete.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof TransactGetItemsRequest transaction) {
            return transaction.toBuilder().returnConsumedCapacity(capacity).build();
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            return transaction.toBuilder().returnConsumedCapacity(capacity).build();
        }
        return request;
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
        if (usage != null) {
            count(context.response(), usage);
        }
    }

    private static void count(SdkResponse response, Usage usage) {
        if (response instanceof GetItemResponse get) {
            usage.consumed(get.consumedCapacity());
        } else if (response instanceof QueryResponse query) {
            usage.consumed(query.consumedCapacity());
        } else if (response instanceof PutItemResponse put) {
            usage.consumed(put.consumedCapacity());
        } else if (response instanceof UpdateItemResponse update) {
            usage.consumed(update.consumedCapacity());
        } else if (response instanceof DeleteItemResponse delete) {
            usage.consumed(delete.consumedCapacity());
        } else if (response instanceof TransactGetItemsResponse transaction) {
            transaction.consumedCapacity().forEach(usage::consumed);
        } else if (response instanceof TransactWriteItemsResponse transaction) {
            transaction.consumedCapacity().forEach(usage::consumed);
        }
    }
}
