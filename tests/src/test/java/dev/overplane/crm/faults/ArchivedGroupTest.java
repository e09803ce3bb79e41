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
        countOneDeletionOnEachPage(account);
        try (var stack = TestStack.start()) {
            var client = stack.client(stack.keys().issue(account, false, "read_write"));
            for (int i = 0; i < DELETES; i++) {
                client.delete(client.create().id()).mustBe(200);
            }
            assertTrue(archive(account).hasItem());
            var listing = client.list("?offset=8000").mustBe(200).json();
            assertEquals(PAGE * PAGES - PAGES, listing.get("total").intValue());
        }
    }

    private static GetItemResponse archive(String account) {
        return TestTables.shared()
                .client()
                .getItem(get -> get.tableName(TestTables.shared().name("SEGMENTS_TABLE"))
                        .key(Map.of(
                                "tenant",
                                AttributeValue.fromS(account + "/test"),
                                "id",
                                AttributeValue.fromS("archive#000")))
                        .consistentRead(true));
    }

    private static void countOneDeletionOnEachPage(String account) {
        SegmentItems.putCounter(account, "#", Map.of("c", PAGE * PAGES));
        var group = new HashMap<String, Integer>();
        group.put("n", PAGES);
        for (int page = 0; page < PAGES; page++) {
            group.put(Integer.toString(page), 1);
        }
        SegmentItems.putCounter(account, "#p000", group);
    }
}
