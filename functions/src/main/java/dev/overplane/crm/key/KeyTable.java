package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// The table of API keys.
///
/// Thread-safe.
public final class KeyTable {

    private final DynamoDb dynamoDb;
    private final String name;

    public KeyTable(DynamoDb dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /// What is known of a key that is exactly the one given; a revoked or expired one included.
    Optional<StoredKey> find(ApiKey key, Deadline deadline) {
        // Strongly consistent: a revocation must be seen by the first look after it.
        GetItemResponse response = dynamoDb.call(deadline, limits -> dynamoDb.client().getItem(get -> get
                .overrideConfiguration(limits)
                .tableName(name)
                .key(itemKey(key.id()))
                .consistentRead(true)));
        return Optional.of(response)
                .filter(GetItemResponse::hasItem)
                .map(found -> KeyItem.SCHEMA.mapToItem(found.item()))
                .filter(item -> key.hasHash(item.hash()))
                .map(KeyItem::key);
    }

    /// Adds a key.
    void add(StoredKey key, byte[] hash) {
        enhanced().putItem(PutItemEnhancedRequest.builder(KeyItem.class)
                .item(KeyItem.of(key, hash))
                .conditionExpression(Expression.builder()
                        .expression("attribute_not_exists(id)")
                        .build())
                .build());
    }

    /// Revokes a key; one that is revoked already keeps the time of its first revocation.
    ///
    /// @return the key as it is now, or nothing if there is none
    Optional<StoredKey> revoke(KeyId id, Instant now, Deadline deadline) {
        try {
            UpdateItemResponse response = dynamoDb.call(deadline, limits -> dynamoDb.client().updateItem(update -> update
                    .overrideConfiguration(limits)
                    .tableName(name)
                    .key(itemKey(id))
                    .updateExpression("SET revoked_at = if_not_exists(revoked_at, :now)")
                    .conditionExpression("attribute_exists(id)")
                    .expressionAttributeValues(Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))))
                    .returnValues(ReturnValue.ALL_NEW)));
            return Optional.of(KeyItem.SCHEMA.mapToItem(response.attributes()).key());
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    /// All keys of an account, newest first.
    List<StoredKey> list(AccountId account) {
        return enhanced().index(KeyItem.INDEX)
                .query(QueryEnhancedRequest.builder()
                        .queryConditional(QueryConditional.keyEqualTo(
                                Key.builder().partitionValue(account.value()).build()))
                        .scanIndexForward(false)
                        .build())
                .stream()
                .flatMap(page -> page.items().stream())
                .map(KeyItem::key)
                .toList();
    }

    private DynamoDbTable<KeyItem> enhanced() {
        return DynamoDbEnhancedClient.builder()
                .dynamoDbClient(dynamoDb.client())
                .build()
                .table(name, KeyItem.SCHEMA);
    }

    private static Map<String, AttributeValue> itemKey(KeyId id) {
        return Map.of(KeyItem.ID, AttributeValue.fromS(id.value()));
    }
}
