package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// What an account's test data really are, read from the tables.
///
/// @param objects the segments by id
/// @param tombstones what deletions have left of segments, by id
/// @param index their ids in the index's order, newest first
/// @param created objects ever created, by the head
/// @param deleted objects ever deleted, by the groups
/// @param deletions deletions by group and page within the group
/// @param records ids that idempotency records of creates and updates name
/// @param deletionRecords ids that idempotency records of deletions name
record StoredState(
        String account,
        SortedMap<String, Map<String, AttributeValue>> objects,
        SortedMap<String, Map<String, AttributeValue>> tombstones,
        List<String> index,
        long created,
        long deleted,
        SortedMap<Long, SortedMap<Integer, Long>> deletions,
        List<String> records,
        List<String> deletionRecords) {

    private static final String SEGMENT = "market-segment_";
    /// Followed by the group in base 32: here there are never so many that its digits and Java's differ.
    private static final String GROUP = "#p";

    private static final String ARCHIVE = "archive#";

    static StoredState of(String account) {
        var objects = new TreeMap<String, Map<String, AttributeValue>>();
        var tombstones = new TreeMap<String, Map<String, AttributeValue>>();
        var deletions = new TreeMap<Long, SortedMap<Integer, Long>>();
        long created = 0;
        long deleted = 0;
        for (var item : items(account, TestTables.shared().name("SEGMENTS_TABLE"), null)) {
            String id = item.get("id").s();
            if (id.startsWith(SEGMENT)) {
                (item.containsKey("expires_at") ? tombstones : objects).put(id, item);
            } else if (id.equals("#")) {
                created = Long.parseLong(item.get("c").n());
            } else if (id.startsWith(GROUP)) {
                deleted += Long.parseLong(item.get("n").n());
                SortedMap<Integer, Long> pages = pages(deletions, id, GROUP);
                item.forEach((name, value) -> {
                    if (name.matches("[0-9]+")) {
                        pages.merge(Integer.valueOf(name), Long.valueOf(value.n()), Long::sum);
                    }
                });
            } else if (id.startsWith(ARCHIVE)) {
                byte[] bytes = item.get("d").b().asByteArray();
                Archive archive = Archive.of(bytes);
                SortedMap<Integer, Long> pages = pages(deletions, id, ARCHIVE);
                for (int page = 0; page < bytes.length / 2; page++) {
                    pages.merge(page, (long) archive.deletions(page), Long::sum);
                }
            }
        }
        var index = ids(items(account, TestTables.shared().name("SEGMENTS_TABLE"), "by_created_at"));
        Map<Boolean, List<Map<String, AttributeValue>>> records =
                items(account, TestTables.shared().name("IDEMPOTENCY_TABLE"), null).stream()
                        .collect(Collectors.partitioningBy(item -> item.containsKey("version")));
        return new StoredState(
                account,
                objects,
                tombstones,
                index,
                created,
                deleted,
                deletions,
                ids(records.get(true)),
                ids(records.get(false)));
    }

    /// How many objects there are by the counters.
    long total() {
        return created - deleted;
    }

    private static SortedMap<Integer, Long> pages(
            Map<Long, SortedMap<Integer, Long>> deletions, String id, String prefix) {
        return deletions.computeIfAbsent(Long.valueOf(id.substring(prefix.length()), 32), _ -> new TreeMap<>());
    }

    /// The deletions by page.
    Map<Long, Long> deletions(PageLayout layout) {
        var byPage = new TreeMap<Long, Long>();
        deletions.forEach(
                (group, pages) -> pages.forEach((page, count) -> byPage.put(layout.firstPage(group) + page, count)));
        return byPage;
    }

    long version(String id) {
        return Long.parseLong(objects.get(id).get("version").n());
    }

    String name(String id) {
        return objects.get(id)
                .getOrDefault("market_segment", AttributeValue.fromS(""))
                .s();
    }

    boolean has(String id) {
        return objects.containsKey(id);
    }

    /// Whatever happened: the counters are exact, the listing shows every object once and in order, page by
    /// page in both ways, and no idempotency record is without its object.
    void assertSound() {
        assertEquals(objects.size(), total(), "counted by the counters");
        assertTrue(tombstones.size() <= deleted, "each tombstone is counted as a deletion");
        tombstones
                .values()
                .forEach(item -> assertEquals(
                        Set.of("tenant", "id", "request_id", "expires_at"), item.keySet(), "no data in a tombstone"));
        assertEquals(
                deleted,
                deletions.values().stream()
                        .flatMap(pages -> pages.values().stream())
                        .mapToLong(Long::longValue)
                        .sum(),
                "deletions by page");
        assertEquals(
                List.copyOf(objects.reversed().keySet()), index, "the index has all objects, in order of creation");
        assertEquals(index, pagedByCursor(), "paged by starting_after");
        assertEquals(index, pagedByOffset(), "paged by offset");
        assertTrue(objects.keySet().containsAll(records), "every idempotency record has its object");
        assertTrue(tombstones.keySet().containsAll(deletionRecords), "what is recorded as deleted is gone");
    }

    private List<String> pagedByCursor() {
        var ids = new ArrayList<String>();
        ApiResponse page = list("?limit=2");
        while (take(page, ids)) {
            page = list("?limit=2&starting_after=" + ids.getLast());
        }
        return ids;
    }

    private List<String> pagedByOffset() {
        var ids = new ArrayList<String>();
        ApiResponse page = list("?limit=2");
        while (take(page, ids)) {
            page = list("?limit=2&offset=" + ids.size());
        }
        return ids;
    }

    private ApiResponse list(String query) {
        ApiResponse page = Fixture.direct().client(account).list(query);
        page.mustBe(200);
        assertEquals(objects.size(), page.json().path("total").asLong(), "total");
        return page;
    }

    private boolean take(ApiResponse page, List<String> ids) {
        for (JsonNode segment : page.json().path("data")) {
            ids.add(segment.path("id").asText());
        }
        boolean more = page.json().path("has_more").asBoolean();
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
        return TestTables.shared().client().queryPaginator(query).items().stream()
                .toList();
    }
}
