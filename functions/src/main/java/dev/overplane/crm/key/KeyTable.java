package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
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
        GetItemResponse response = dynamoDb.call(
                deadline,
                limits -> dynamoDb.client()
                        .getItem(get -> get.overrideConfiguration(limits)
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
    void add(StoredKey key, byte[] hash, Deadline deadline) {
        try {
            dynamoDb.call(
                    deadline,
                    limits -> dynamoDb.client()
                            .putItem(put -> put.overrideConfiguration(limits)
                                    .tableName(name)
                                    .item(KeyItem.SCHEMA.itemToMap(KeyItem.of(key, hash), true))
                                    .conditionExpression("attribute_not_exists(id)")
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        } catch (ConditionalCheckFailedException e) {
            // An attempt before this one has added it, and its answer was lost: nobody else has that secret.
            if (!e.hasItem()
                    || !Arrays.equals(KeyItem.SCHEMA.mapToItem(e.item()).hash(), hash)) {
                throw e;
            }
        }
    }

    /// Revokes a key; one that is revoked already keeps the time of its first revocation.
    ///
    /// @return the key as it is now, or nothing if there is none
    Optional<StoredKey> revoke(KeyId id, Instant now, Deadline deadline) {
        try {
            UpdateItemResponse response = dynamoDb.call(
                    deadline,
                    limits -> dynamoDb.client()
                            .updateItem(update -> update.overrideConfiguration(limits)
                                    .tableName(name)
                                    .key(itemKey(id))
                                    .updateExpression("SET revoked_at = if_not_exists(revoked_at, :now)")
                                    .conditionExpression("attribute_exists(id)")
                                    .expressionAttributeValues(
                                            Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))))
                                    .returnValues(ReturnValue.ALL_NEW)));
            return Optional.of(KeyItem.SCHEMA.mapToItem(response.attributes()).key());
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    /// All keys of an account, newest first.
    List<StoredKey> list(AccountId account, Deadline deadline) {
        var keys = new ArrayList<StoredKey>();
        Map<String, AttributeValue> next = Map.of();
        do {
            Map<String, AttributeValue> start = next;
            QueryResponse response = dynamoDb.call(
                    deadline,
                    limits -> dynamoDb.client()
                            .query(query -> query.overrideConfiguration(limits)
                                    .tableName(name)
                                    .indexName(KeyItem.INDEX)
                                    .keyConditionExpression("account = :account")
                                    .expressionAttributeValues(
                                            Map.of(":account", AttributeValue.fromS(account.value())))
                                    .scanIndexForward(false)
                                    .exclusiveStartKey(start.isEmpty() ? null : start)));
            response.items()
                    .forEach(item -> keys.add(KeyItem.SCHEMA.mapToItem(item).key()));
            next = response.lastEvaluatedKey();
        } while (!next.isEmpty());
        return keys;
    }

    private static Map<String, AttributeValue> itemKey(KeyId id) {
        return Map.of(KeyItem.ID, AttributeValue.fromS(id.value()));
    }
}
