package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
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

    static Map<String, AttributeValue> key(Tenant tenant, String id) {
        return Map.of(TENANT, AttributeValue.fromS(tenant.partitionKey()), ID, AttributeValue.fromS(id));
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

    /// A tenant's counters, as they are now. One call: they are small and lie side by side.
    Counters counters(Tenant tenant, Deadline deadline) {
        return CounterItems.counters(
                layout,
                query(
                        deadline,
                        Integer.MAX_VALUE,
                        query -> query.keyConditionExpression("tenant = :tenant AND id BETWEEN :first AND :last")
                                .expressionAttributeValues(Map.of(
                                        ":tenant", AttributeValue.fromS(tenant.partitionKey()),
                                        ":first", AttributeValue.fromS(CounterItems.HEAD),
                                        ":last", AttributeValue.fromS(CounterItems.LAST)))
                                .consistentRead(true)));
    }

    /// The counter of one group, as it is now.
    GroupCounter group(Tenant tenant, long group, Deadline deadline) {
        return CounterItems.group(layout, group, get(CounterItems.groupKey(tenant, group), deadline));
    }

    /// The archive of a group, as it is now. No call if the group has archived nothing.
    ///
    /// @param group the group's counter, read before
    Archive archive(Tenant tenant, GroupCounter group, Deadline deadline) {
        return group.archived() == 0
                ? Archive.EMPTY
                : CounterItems.archive(get(CounterItems.archiveKey(tenant, group.group()), deadline));
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
}
