package dev.overplane.crm.benchmark;

import dev.overplane.crm.segment.store.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Write units of transactions, by the documented rule: each item pays two for every 1 KB of its larger state,
/// before or after, whether the transaction succeeds or not, and its entry in the index, if that changes, one.
///
/// Not thread-safe: one operation at a time.
public final class TransactionPrice {

    private static final int TRANSACTIONAL = 2;

    private final DynamoDbClient store;
    private final List<Write> writes = new ArrayList<>();

    /// @param store a client that nobody meters, to look at the items before and after
    public TransactionPrice(DynamoDbClient store) {
        this.store = store;
    }

    private record Write(
            String table,
            Map<String, AttributeValue> key,
            Map<String, AttributeValue> sent,
            Map<String, AttributeValue> before) {}

    void before(TransactWriteItemsRequest transaction) {
        for (TransactWriteItem action : transaction.transactItems()) {
            if (action.put() != null) {
                add(
                        action.put().tableName(),
                        keyOf(action.put().item()),
                        action.put().item());
            } else if (action.update() != null) {
                add(action.update().tableName(), action.update().key(), Map.of());
            } else {
                add(action.delete().tableName(), action.delete().key(), Map.of());
            }
        }
    }

    private void add(String table, Map<String, AttributeValue> key, Map<String, AttributeValue> sent) {
        writes.add(new Write(table, key, sent, read(table, key)));
    }

    /// Begins anew.
    void clear() {
        writes.clear();
    }

    /// The price of all transactions since the beginning.
    double settle() {
        long units = 0;
        for (Write write : writes) {
            Map<String, AttributeValue> after = read(write.table, write.key);
            long bytes = Math.max(ItemSize.of(write.sent), Math.max(ItemSize.of(write.before), ItemSize.of(after)));
            units += TRANSACTIONAL * ItemSize.writeUnits(bytes);
            if (isIndexed(write.before) != isIndexed(after)) {
                units += ItemSize.writeUnits(Population.entrySize(after.isEmpty() ? write.before : after));
            }
        }
        return units;
    }

    private static boolean isIndexed(Map<String, AttributeValue> item) {
        return item.containsKey("page");
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        String sortKey = item.containsKey("key") ? "key" : "id";
        return Map.of("tenant", item.get("tenant"), sortKey, item.get(sortKey));
    }

    private Map<String, AttributeValue> read(String table, Map<String, AttributeValue> key) {
        return store.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }
}
