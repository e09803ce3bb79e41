package dev.overplane.crm.benchmark;

import dev.overplane.crm.account.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// The listing as it is usually done on DynamoDB: the index is counted to its end, and read from its beginning
/// past the offset.
public final class NaiveListing {

    private final DynamoDbClient client;
    private final String table;

    public NaiveListing(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /// A page.
    ///
    /// @param data the items
    /// @param total how many there are in all
    public record Page(List<Map<String, AttributeValue>> data, long total) {}

    public Page list(Tenant tenant, long offset, int limit) {
        long total = 0;
        for (QueryResponse response :
                client.queryPaginator(query(tenant).select(Select.COUNT).build())) {
            total += response.count();
        }
        return new Page(page(tenant, offset, limit), total);
    }

    private List<Map<String, AttributeValue>> page(Tenant tenant, long offset, int limit) {
        var data = new ArrayList<Map<String, AttributeValue>>();
        long rank = 0;
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryRequest.Builder query = query(tenant).limit(Math.toIntExact(offset + limit - rank));
            QueryResponse response = client.query(
                    next.isEmpty()
                            ? query.build()
                            : query.exclusiveStartKey(next).build());
            for (Map<String, AttributeValue> item : response.items()) {
                if (rank++ >= offset) {
                    data.add(item);
                }
            }
            next = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
        } while (!next.isEmpty() && rank < offset + limit);
        return data;
    }

    private QueryRequest.Builder query(Tenant tenant) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName("by_created_at")
                .keyConditionExpression("tenant = :tenant")
                .expressionAttributeValues(Map.of(":tenant", AttributeValue.fromS(tenant.partitionKey())))
                .scanIndexForward(false);
    }
}
