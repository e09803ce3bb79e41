package dev.overplane.crm.segment;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.segment.ledger.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/// The table of segments and their counters.
///
/// Thread-safe.
///
/// @param dynamoDb where it is
/// @param name its name
/// @param layout how its tenants' creations fall into pages
public record SegmentTable(DynamoDb dynamoDb, String name, PageLayout layout) {

    /// The table of that name, with the layout of the product.
    public static SegmentTable of(DynamoDb dynamoDb, String name) {
        return new SegmentTable(dynamoDb, name, PageLayout.STANDARD);
    }

    /// A tenant's counters, as they are now: one call, for they are small and lie side by side.
    Directory directory(Tenant tenant, Deadline deadline) {
        return Directory.of(layout, query(deadline, Integer.MAX_VALUE, query -> query
                .keyConditionExpression("#tenant = :tenant AND begins_with(#id, :prefix)")
                .expressionAttributeNames(Map.of("#tenant", SegmentItem.TENANT, "#id", SegmentItem.ID))
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(tenant.key()),
                        ":prefix", AttributeValue.fromS(Directory.PREFIX)))
                .consistentRead(true)));
    }

    /// The first `limit` items that a query finds, in as many calls as DynamoDB needs, which cuts an answer at 1 MB.
    List<Map<String, AttributeValue>> query(Deadline deadline, int limit, UnaryOperator<QueryRequest.Builder> query) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryRequest.Builder request = query.apply(QueryRequest.builder().tableName(name));
            if (!next.isEmpty()) {
                request.exclusiveStartKey(next);
            }
            if (limit < Integer.MAX_VALUE) {
                request.limit(limit - items.size());
            }
            QueryResponse response = dynamoDb.call(deadline, limits ->
                    dynamoDb.client().query(request.overrideConfiguration(limits).build()));
            items.addAll(response.items());
            next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
        } while (!next.isEmpty() && items.size() < limit);
        return items;
    }
}
