package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.TestTables;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/// What functions do at DynamoDB now and then, or in a large account alone, and need permissions for all the same. On a
/// stack, whose functions have those of the template.
class ArchivedGroupTest {

    private static final int PAGE = 256;
    private static final int PAGES = 64;
    /// One delete in so many looks at what there is to archive.
    private static final int DELETES = 8;

    @Test
    void deletes_archive_what_they_have_counted_and_a_listing_reads_it() {
        var account = Fixture.newAccount();
        var tenant = account + "/test";
        countOneDeletionOnEachPage(tenant);
        try (var stack = TestStack.start()) {
            var client = stack.client(stack.keys().issue(account, false, "read_write"));
            for (int i = 0; i < DELETES; i++) {
                client.delete(client.create().id()).mustBe(200);
            }
            assertTrue(archive(tenant).hasItem());
            var listing = client.list("?offset=8000").mustBe(200).json();
            assertEquals(PAGE * PAGES - PAGES, listing.get("total").intValue());
        }
    }

    private static GetItemResponse archive(String tenant) {
        return TestTables.shared()
                .client()
                .getItem(get -> get.tableName(table())
                        .key(Map.of("tenant", AttributeValue.fromS(tenant), "id", AttributeValue.fromS("archive#000")))
                        .consistentRead(true));
    }

    private static void countOneDeletionOnEachPage(String tenant) {
        put(tenant, "#", Map.of("c", number(PAGE * PAGES)));
        var group = new HashMap<String, AttributeValue>();
        group.put("n", number(PAGES));
        for (int page = 0; page < PAGES; page++) {
            group.put(Integer.toString(page), number(1));
        }
        put(tenant, "#p000", group);
    }

    private static void put(String tenant, String id, Map<String, AttributeValue> counters) {
        var item = new HashMap<>(counters);
        item.put("tenant", AttributeValue.fromS(tenant));
        item.put("id", AttributeValue.fromS(id));
        TestTables.shared().client().putItem(put -> put.tableName(table()).item(item));
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }

    private static String table() {
        return TestTables.shared().name("SEGMENTS_TABLE");
    }
}
