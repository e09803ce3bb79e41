package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.ItemReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Finds all accounts by their API keys, revoked and expired ones included: an account has had a key before it
/// had an object. Reads the keys' index by account, some 100 bytes for a key, and no hash.
///
/// Thread-safe.
public final class AccountScan {

    private static final int PAGE_SIZE = 100;

    private final DynamoDb dynamoDb;
    private final String table;

    public AccountScan(DynamoDb dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /// A key, and the place after which a scan goes on.
    public record Position(AccountId account, long createdAt, String keyId) {

        /// The position as text that [#parse] reads.
        public String value() {
            return account.value() + " " + createdAt + " " + keyId;
        }

        /// The position that `text` is.
        ///
        /// @throws IllegalArgumentException if it is none
        public static Position parse(String text) {
            String[] parts = text.split(" ", 3);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a position of a scan");
            }
            return new Position(new AccountId(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        private Map<String, AttributeValue> key() {
            return Map.of(
                    "account", AttributeValue.fromS(account.value()),
                    "created_at", Attributes.number(createdAt),
                    "id", AttributeValue.fromS(keyId));
        }
    }

    /// Some keys, those of an account next to one another.
    ///
    /// @param last whether no key follows
    public record Page(List<Position> keys, boolean last) {}

    /// The first keys after a position.
    ///
    /// @param after the position; empty for the beginning
    public Page next(Optional<Position> after, Deadline deadline) {
        ScanResponse response = dynamoDb.call(
                deadline,
                (client, limits) -> client.scan(scan -> {
                    ScanRequest.Builder keys = scan.overrideConfiguration(limits)
                            .tableName(table)
                            .indexName(KeyItem.INDEX)
                            .projectionExpression("account, created_at, id")
                            .limit(PAGE_SIZE);
                    after.ifPresent(position -> keys.exclusiveStartKey(position.key()));
                }));
        return new Page(
                response.items().stream()
                        .map(item -> new ItemReader("of a key", item))
                        .map(key -> new Position(
                                key.text("account", AccountId::new), key.number("created_at"), key.text("id")))
                        .toList(),
                !response.hasLastEvaluatedKey());
    }
}
