package dev.overplane.crm.faults;

import dev.overplane.crm.testing.TestTables;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Writes into the shared table of segments, past the product.
final class SegmentItems {

    private SegmentItems() {}

    static void put(Map<String, AttributeValue> item) {
        TestTables.shared()
                .client()
                .putItem(put -> put.tableName(TestTables.shared().name("SEGMENTS_TABLE"))
                        .item(item));
    }

    /// Puts a counter of an account's test data.
    ///
    /// @param id `#` for the head, `#p` and digits for a group
    /// @param numbers its attributes
    static void putCounter(String account, String id, Map<String, Integer> numbers) {
        var item = new HashMap<String, AttributeValue>();
        item.put("tenant", AttributeValue.fromS(account + "/test"));
        item.put("id", AttributeValue.fromS(id));
        numbers.forEach((name, number) -> item.put(name, AttributeValue.fromN(number.toString())));
        put(item);
    }
}
