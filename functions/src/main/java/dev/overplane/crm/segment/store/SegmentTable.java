package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The table of segments and their counters.
///
/// Thread-safe.
///
/// @param dynamoDb what holds it
/// @param name its name
/// @param layout how its tenants' creations fall into pages
public record SegmentTable(DynamoDb dynamoDb, String name, PageLayout layout) {

    /// Partition key: the tenant's key.
    static final String TENANT = "tenant";
    /// Sort key: a segment's id, or the id of a counter.
    static final String ID = "id";

    /// The table of that name, with the layout of the product.
    public static SegmentTable of(DynamoDb dynamoDb, String name) {
        return new SegmentTable(dynamoDb, name, PageLayout.STANDARD);
    }

    /// The table as one tenant has it.
    TenantTable of(Tenant tenant) {
        return new TenantTable(this, tenant);
    }

    /// What the keys of all a tenant's items begin with, in this table and in that of the idempotency records.
    /// Account and mode enter them here and nowhere else.
    static AttributeValue partition(Tenant tenant) {
        return AttributeValue.fromS(tenant.partitionKey());
    }

    static Map<String, AttributeValue> key(Tenant tenant, String id) {
        return Map.of(TENANT, partition(tenant), ID, AttributeValue.fromS(id));
    }

    /// Reads an item, which the logs know by its id.
    static ItemReader reader(Map<String, AttributeValue> item) {
        return new ItemReader(idOf(item), item);
    }

    /// An item's id for the logs, whatever the item is.
    static String idOf(Map<String, AttributeValue> item) {
        AttributeValue id = item.get(ID);
        return id == null || id.s() == null ? "?" : id.s();
    }

    /// The item of that key, strongly consistent; empty if there is none.
    Map<String, AttributeValue> get(Map<String, AttributeValue> key, Deadline deadline) {
        return dynamoDb.call(
                        deadline,
                        (client, limits) -> client.getItem(get -> get.overrideConfiguration(limits)
                                .tableName(name)
                                .key(key)
                                .consistentRead(true)))
                .item();
    }

    /// The first `limit` items that a query finds, in as many calls as DynamoDB needs, which cuts an answer at
    /// 1 MB.
    List<Map<String, AttributeValue>> query(Deadline deadline, int limit, UnaryOperator<QueryRequest.Builder> query) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        queryPages(
                deadline,
                request -> {
                    QueryRequest.Builder made = query.apply(request);
                    return limit == Integer.MAX_VALUE ? made : made.limit(limit - items.size());
                },
                response -> items.addAll(response.items()) && items.size() >= limit);
        return items;
    }

    /// Makes a query, call by call, until there is nothing left or `enough` says so.
    void queryPages(Deadline deadline, UnaryOperator<QueryRequest.Builder> query, Predicate<QueryResponse> enough) {
        Map<String, AttributeValue> next = Map.of();
        boolean done;
        do {
            QueryRequest.Builder request = query.apply(QueryRequest.builder().tableName(name));
            if (!next.isEmpty()) {
                request.exclusiveStartKey(next);
            }
            QueryResponse response = dynamoDb.call(
                    deadline,
                    (client, limits) ->
                            client.query(request.overrideConfiguration(limits).build()));
            done = enough.test(response) || !response.hasLastEvaluatedKey();
            next = response.lastEvaluatedKey();
        } while (!done);
    }

    /// Makes a conditional update.
    ///
    /// @return whether the condition held
    boolean update(Deadline deadline, UnaryOperator<UpdateItemRequest.Builder> update) {
        try {
            dynamoDb.call(
                    deadline,
                    (client, limits) -> client.updateItem(
                            update.apply(UpdateItemRequest.builder().tableName(name))
                                    .overrideConfiguration(limits)
                                    .build()));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /// Makes a delete, which may be conditional.
    ///
    /// @return whether the condition held
    boolean delete(Deadline deadline, UnaryOperator<DeleteItemRequest.Builder> delete) {
        try {
            dynamoDb.call(
                    deadline,
                    (client, limits) -> client.deleteItem(
                            delete.apply(DeleteItemRequest.builder().tableName(name))
                                    .overrideConfiguration(limits)
                                    .build()));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
