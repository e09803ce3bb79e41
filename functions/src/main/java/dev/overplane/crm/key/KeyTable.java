package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DeadlineClient;
import dev.overplane.crm.dynamodb.DynamoDb;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// The table of API keys, through the SDK's enhanced client: 201 of the 4,023 classes that an authorizer loads
/// up to the end of its first look-up. Each method throws a
/// [dev.overplane.crm.dynamodb.StoreUnavailableException] if DynamoDB does not answer before the deadline.
///
/// Thread-safe.
public final class KeyTable {

    private final DynamoDb dynamoDb;
    private final String name;

    public KeyTable(DynamoDb dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /// Finds exactly that key, not one that shares only its id. It may be revoked or expired.
    Optional<StoredKey> find(ApiKey key, Deadline deadline) {
        // Strongly consistent: the first look after a revocation must see it.
        return Optional.ofNullable(table(deadline)
                        .getItem(get -> get.key(of -> of.partitionValue(key.id().value()))
                                .consistentRead(true)))
                .filter(item -> item.isOf(key))
                .map(KeyItem::key);
    }

    /// Adds a key.
    void add(StoredKey key, ApiKey secret, Deadline deadline) {
        try {
            table(deadline)
                    .putItem(PutItemEnhancedRequest.builder(KeyItem.class)
                            .item(KeyItem.of(key, secret.hash()))
                            .conditionExpression(condition("attribute_not_exists(id)"))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build());
        } catch (ConditionalCheckFailedException e) {
            // An attempt before this one has added it, and its answer was lost: nobody else has that secret.
            if (present(e).filter(item -> item.isOf(secret)).isEmpty()) {
                throw e;
            }
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
                .map(KeyItem::key)
                .toList();
    }

    private DynamoDbTable<KeyItem> table(Deadline deadline) {
        return DynamoDbEnhancedClient.builder()
                .dynamoDbClient(new DeadlineClient(dynamoDb, deadline))
                // Neither of the two that it brings along: no version attribute, no counters.
                .extensions(List.of())
                .build()
                .table(name, KeyItem.SCHEMA);
    }

    /// The item on which a condition failed; empty if there is none.
    private static Optional<KeyItem> present(ConditionalCheckFailedException e) {
        return e.hasItem() ? Optional.of(KeyItem.SCHEMA.mapToItem(e.item())) : Optional.empty();
    }

    private static Expression condition(String expression) {
        return Expression.builder().expression(expression).build();
    }
}
