package dev.overplane.crm.segment.store;

import dev.overplane.crm.log.Log;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Tells the logs of items and attributes that this code has not written, once for each function instance.
///
/// Thread-safe.
final class ForeignItems {

    /// More than these are not told apart any more, and stay silent.
    private static final int MAX_REPORTED = 1_000;

    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private ForeignItems() {}

    /// Reports an attribute of an item.
    static void report(Map<String, AttributeValue> item, String attribute) {
        String id = SegmentTable.idOf(item);
        if (REPORTED.size() < MAX_REPORTED && REPORTED.add(item.get(SegmentTable.TENANT) + id + " " + attribute)) {
            Log.warn("foreign_item", fields -> fields.add("id", id).add("attribute", attribute));
        }
    }
}
