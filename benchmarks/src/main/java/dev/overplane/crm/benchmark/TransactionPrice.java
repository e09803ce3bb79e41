package dev.overplane.crm.benchmark;

import dev.overplane.crm.segment.store.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Units of transactions, by the documented rule. Each item that is read pays two read units for every 4 KB.
/// Each item that is written pays two write units for every 1 KB of its larger state, before or after, whether
/// the transaction succeeds or not, and its entry in the index, if that changes, one.
///
/// Not thread-safe: one operation at a time.
public final class TransactionPrice {

    private static final int TRANSACTIONAL = 2;
    /// The attribute that only the records of idempotency keys have.
    private static final String RECORD_KEY = "key";

    private final DynamoDbClient store;
    private final List<Write> writes = new ArrayList<>();
    private double readUnits;

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

    void before(TransactGetItemsRequest transaction) {
        for (TransactGetItem action : transaction.transactItems()) {
            Map<String, AttributeValue> item =
                    read(action.get().tableName(), action.get().key());
            readUnits += TRANSACTIONAL * ItemSize.readUnits(ItemSize.of(item), true);
        }
    }

    private void add(String table, Map<String, AttributeValue> key, Map<String, AttributeValue> sent) {
        writes.add(new Write(table, key, sent, read(table, key)));
    }

    /// Begins anew.
    void clear() {
        writes.clear();
        readUnits = 0;
    }

    /// What all transactions since the beginning paid for reading.
    double readUnits() {
        return readUnits;
    }

    /// What all transactions since the beginning paid for writing.
    double writeUnits() {
        long units = 0;
        for (Write write : writes) {
            Map<String, AttributeValue> after = read(write.table, write.key);
            long bytes = Math.max(ItemSize.of(write.sent), Math.max(ItemSize.of(write.before), ItemSize.of(after)));
            units += TRANSACTIONAL * ItemSize.writeUnits(bytes);
            Map<String, AttributeValue> entryBefore = indexEntry(write.before);
            Map<String, AttributeValue> entryAfter = indexEntry(after);
            if (!entryBefore.equals(entryAfter)) {
                units += ItemSize.writeUnits(Math.max(ItemSize.of(entryBefore), ItemSize.of(entryAfter)));
            }
        }
        return units;
    }

    /// The entry of an item in the index of segments; empty if it has none.
    private static Map<String, AttributeValue> indexEntry(Map<String, AttributeValue> item) {
        return item.containsKey("page") && !item.containsKey(RECORD_KEY) ? Population.indexEntry(item) : Map.of();
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        String sortKey = item.containsKey(RECORD_KEY) ? RECORD_KEY : "id";
        return Map.of("tenant", item.get("tenant"), sortKey, item.get(sortKey));
    }

    private Map<String, AttributeValue> read(String table, Map<String, AttributeValue> key) {
        return store.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }
}
