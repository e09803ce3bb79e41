package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DeadlineClient;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.log.Log;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The table of API keys, through the SDK's enhanced client: 201 of the 4,023 classes that an authorizer loads
/// up to the end of its first look-up. Each method throws a
/// [dev.overplane.crm.dynamodb.StoreUnavailableException] if DynamoDB does not answer before the deadline.
///
/// Thread-safe.
public final class KeyTable {

    /// No key has this hash.
    private static final byte[] NO_HASH = new byte[32];

    /// Of a rotation's transaction, the action that ends the key.
    private static final int PREDECESSOR_ACTION = 1;

    private final DynamoDb dynamoDb;
    private final String name;

    public KeyTable(DynamoDb dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /// Finds exactly that key, not one that shares only its id. It may be revoked or expired. One read and one
    /// comparison of hashes, whether the id is unknown or the secret wrong.
    ///
    /// @throws CorruptItemException if the item is not a key as this code writes it
    Optional<StoredKey> find(ApiKey key, Deadline deadline) {
        Optional<KeyItem> item = item(key.id(), deadline);
        return key.hasHash(item.map(KeyItem::storedHash).orElse(NO_HASH))
                ? item.map(found -> found.key(key.livemode()))
                : Optional.empty();
    }

    /// Gets the key of that id, as it is now.
    ///
    /// @throws CorruptItemException if the item is not a key as this code writes it
    Optional<StoredKey> get(KeyId id, Deadline deadline) {
        return item(id, deadline).map(KeyItem::key);
    }

    private Optional<KeyItem> item(KeyId id, Deadline deadline) {
        try {
            // Strongly consistent: the first look after a revocation must see it.
            return Optional.ofNullable(table(deadline)
                    .getItem(get -> get.key(of -> of.partitionValue(id.value())).consistentRead(true)));
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            // The schema cannot convert an attribute: it has another type than this code writes.
            throw new CorruptItemException(id.value(), "of the right type");
        }
    }

    /// Adds a key.
    void add(IssuedKey issued, Deadline deadline) {
        try {
            table(deadline)
                    .putItem(PutItemEnhancedRequest.builder(KeyItem.class)
                            .item(KeyItem.of(issued))
                            .conditionExpression(condition("attribute_not_exists(id)"))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build());
        } catch (ConditionalCheckFailedException e) {
            // An attempt before this one has added it, and its answer was lost: nobody else has that secret.
            if (present(e).filter(item -> item.isOf(issued.secret())).isEmpty()) {
                throw e;
            }
        }
    }

    /// Adds the successor of a key, and gives the key its end: one transaction, whose token settles an answer
    /// that was lost.
    ///
    /// @param key the key as it was read; it has no successor
    /// @param expiresAt its end, unless it has an earlier one
    /// @return the key as it is now; empty if it has been rotated or revoked meanwhile, and nothing was written
    Optional<StoredKey> rotate(StoredKey key, Instant expiresAt, IssuedKey successor, Deadline deadline) {
        StoredKey rotated = key.rotated(expiresAt, successor.key().id());
        DynamoDbEnhancedClient client = client(deadline);
        DynamoDbTable<KeyItem> table = client.table(name, KeyItem.SCHEMA);
        try {
            client.transactWriteItems(transaction -> transaction
                    .addPutItem(
                            table,
                            TransactPutItemEnhancedRequest.builder(KeyItem.class)
                                    .item(KeyItem.of(successor))
                                    .conditionExpression(condition("attribute_not_exists(id)"))
                                    .build())
                    .addUpdateItem(
                            table,
                            TransactUpdateItemEnhancedRequest.builder(KeyItem.class)
                                    .item(KeyItem.rotation(
                                            key.id(),
                                            rotated.expiresAt().orElseThrow(),
                                            successor.key().id()))
                                    .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                                    .conditionExpression(
                                            condition(
                                                    "attribute_exists(id) AND attribute_not_exists(revoked_at) AND attribute_not_exists(successor)"))
                                    .build()));
            return Optional.of(rotated);
        } catch (TransactionCanceledException e) {
            if (TransactionCancellation.of(e).conditionFailed(PREDECESSOR_ACTION)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Records that a key was used, if no use within the hour before is recorded.
    void recordUse(KeyId id, Instant now, Deadline deadline) {
        try {
            table(deadline)
                    .updateItem(UpdateItemEnhancedRequest.builder(KeyItem.class)
                            .item(KeyItem.use(id, now))
                            .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                            .conditionExpression(Expression.builder()
                                    .expression(
                                            "attribute_exists(id) AND (attribute_not_exists(last_used_at) OR last_used_at <= :stale)")
                                    .putExpressionValue(
                                            ":stale",
                                            Attributes.number(now.minus(StoredKey.LAST_USE_ACCURACY)
                                                    .getEpochSecond()))
                                    .build())
                            .build());
        } catch (ConditionalCheckFailedException e) {
            // Another instance has just recorded one.
        }
    }

    /// Revokes a key. A key that is revoked already keeps the time of its first revocation.
    ///
    /// @return the key as it is now; empty if there is none
    Optional<StoredKey> revoke(KeyId id, Instant now, Deadline deadline) {
        try {
            KeyItem revoked = table(deadline)
                    .updateItem(UpdateItemEnhancedRequest.builder(KeyItem.class)
                            .item(KeyItem.revocation(id, now))
                            .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                            .conditionExpression(condition("attribute_exists(id) AND attribute_not_exists(revoked_at)"))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build());
            return Optional.of(revoked.key());
        } catch (ConditionalCheckFailedException e) {
            return present(e).map(KeyItem::key);
        }
    }

    /// Lists an account's keys, newest first.
    List<StoredKey> list(AccountId account, Deadline deadline) {
        return table(deadline)
                .index(KeyItem.INDEX)
                .query(query -> query.queryConditional(
                                QueryConditional.keyEqualTo(key -> key.partitionValue(account.value())))
                        .scanIndexForward(false))
                .stream()
                .flatMap(page -> page.items().stream())
                .map(KeyTable::key)
                .flatMap(Optional::stream)
                .toList();
    }

    /// One damaged item must not take the whole listing down: it is left out, and somebody is told.
    private static Optional<StoredKey> key(KeyItem item) {
        try {
            return Optional.of(item.key());
        } catch (CorruptItemException e) {
            Log.error("corrupt_item", e, fields -> fields.add("id", item.id()));
            return Optional.empty();
        }
    }

    private DynamoDbTable<KeyItem> table(Deadline deadline) {
        return client(deadline).table(name, KeyItem.SCHEMA);
    }

    private DynamoDbEnhancedClient client(Deadline deadline) {
        return DynamoDbEnhancedClient.builder()
                .dynamoDbClient(new DeadlineClient(dynamoDb, deadline))
                // Neither of the two that it brings along: no version attribute, no counters.
                .extensions(List.of())
                .build();
    }

    /// The item on which a condition failed; empty if there is none.
    private static Optional<KeyItem> present(ConditionalCheckFailedException e) {
        return e.hasItem() ? Optional.of(KeyItem.SCHEMA.mapToItem(e.item())) : Optional.empty();
    }

    private static Expression condition(String expression) {
        return Expression.builder().expression(expression).build();
    }
}
