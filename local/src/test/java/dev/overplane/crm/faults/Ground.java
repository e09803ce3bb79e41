package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.FunctionClient.Request;
import dev.overplane.crm.testing.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// What an account's test data really are, read from the tables.
///
/// @param objects the segments by id
/// @param index their ids in the index's order, newest first
/// @param total how many there are by the counters
/// @param records ids that idempotency records name
record Ground(
        String account, SortedMap<String, Map<String, AttributeValue>> objects, List<String> index, long total, List<String> records) {

    private static final String SEGMENT = "market-segment_";

    static Ground of(String account) {
        var objects = new TreeMap<String, Map<String, AttributeValue>>();
        long total = 0;
        for (var item : items(account, TestStore.table("SEGMENTS_TABLE"), null)) {
            String id = item.get("id").s();
            if (id.startsWith(SEGMENT)) {
                objects.put(id, item);
            } else if (id.equals("#")) {
                total += Long.parseLong(item.get("c").n());
            } else {
                total -= item.values().stream().filter(value -> value.n() != null).mapToLong(value -> Long.parseLong(value.n())).sum();
            }
        }
        var index = ids(items(account, TestStore.table("SEGMENTS_TABLE"), "by_created_at"));
        return new Ground(account, objects, index, total, ids(items(account, TestStore.table("IDEMPOTENCY_TABLE"), null)));
    }

    long version(String id) {
        return Long.parseLong(objects.get(id).get("version").n());
    }

    String name(String id) {
        return objects.get(id).getOrDefault("market_segment", AttributeValue.fromS("")).s();
    }

    boolean has(String id) {
        return objects.containsKey(id);
    }

    /// Whatever happened: the counters are exact, the listing shows every object once and in order, page by page in both ways, and
    /// no idempotency record is without its object.
    void assertSound() {
        assertEquals(objects.size(), total, "counted by the counters");
        assertEquals(List.copyOf(objects.reversed().keySet()), index, "the index has all objects, in order of creation");
        assertEquals(index, pagedByCursor(), "paged by starting_after");
        assertEquals(index, pagedByOffset(), "paged by offset");
        assertTrue(objects.keySet().containsAll(records), "every idempotency record has its object");
    }

    private List<String> pagedByCursor() {
        var ids = new ArrayList<String>();
        Answer page = list(Request.of(account).query("limit", 2));
        while (take(page, ids)) {
            page = list(Request.of(account).query("limit", 2).query("starting_after", ids.getLast()));
        }
        return ids;
    }

    private List<String> pagedByOffset() {
        var ids = new ArrayList<String>();
        Answer page = list(Request.of(account).query("limit", 2));
        while (take(page, ids)) {
            page = list(Request.of(account).query("limit", 2).query("offset", ids.size()));
        }
        return ids;
    }

    private Answer list(Request request) {
        Answer page = Site.direct().list(request);
        assertEquals(200, page.status());
        assertEquals(objects.size(), page.body().path("total").asLong(), "total");
        return page;
    }

    private boolean take(Answer page, List<String> ids) {
        for (JsonNode segment : page.body().path("data")) {
            ids.add(segment.path("id").asText());
        }
        boolean more = page.body().path("has_more").asBoolean();
        assertFalse(more && ids.size() >= objects.size(), "has_more at the end");
        return more;
    }

    private static List<String> ids(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.get("id").s()).toList();
    }

    private static List<Map<String, AttributeValue>> items(String account, String table, @Nullable String index) {
        var query = QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .consistentRead(index == null)
                .scanIndexForward(false)
                .keyConditionExpression("tenant = :tenant")
                .expressionAttributeValues(Map.of(":tenant", AttributeValue.fromS(account + "/test")))
                .build();
        return TestStore.client().queryPaginator(query).items().stream().toList();
    }
}
