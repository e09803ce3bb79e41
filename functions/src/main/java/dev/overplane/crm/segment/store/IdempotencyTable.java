package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// The outcomes of creates that carried an idempotency key. A record is written in the transaction that creates
/// the object, so there is never one without the other, and no state in between that could be left behind.
///
/// A record holds what the request said and what the answer needs, which are the same two things: the text
/// (absent, null or a string, as in the body) and the id, which tells the creation time.
///
/// @param name the table's name
public record IdempotencyTable(String name) {

    private static final String TENANT = "tenant";
    private static final String KEY = "key";
    private static final String ID = "id";
    private static final String MARKET_SEGMENT = "market_segment";
    /// Seconds since the epoch, as DynamoDB's time to live wants it, which deletes late: so it is checked here
    /// too.
    private static final String EXPIRES_AT = "expires_at";

    private static final Duration LIFETIME = Duration.ofHours(24);

    /// The action that records the outcome, on condition that there is none yet.
    Put record(Tenant tenant, IdempotencyKey key, NameChange name, SegmentId id, Timestamp now) {
        var item = new HashMap<String, AttributeValue>();
        item.put(TENANT, AttributeValue.fromS(tenant.partitionKey()));
        item.put(KEY, AttributeValue.fromS(key.value()));
        item.put(ID, AttributeValue.fromS(id.value()));
        item.put(EXPIRES_AT, SegmentItem.number(seconds(now) + LIFETIME.toSeconds()));
        text(name).ifPresent(text -> item.put(MARKET_SEGMENT, text));
        return Put.builder()
                .tableName(this.name)
                .item(item)
                .conditionExpression("attribute_not_exists(#key) OR #expires_at <= :now")
                .expressionAttributeNames(Map.of("#key", KEY, "#expires_at", EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", SegmentItem.number(seconds(now))))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /// What a record that stands in the way means for a create that wanted to make the object `mine`.
    static Creation explain(Map<String, AttributeValue> record, NameChange name, SegmentId mine) {
        if (!text(name).equals(Optional.ofNullable(record.get(MARKET_SEGMENT)))) {
            return new Creation.KeyReused();
        }
        SegmentId id = SegmentId.parse(
                        record.getOrDefault(ID, AttributeValue.fromS("")).s())
                .orElseThrow(() -> new CorruptItemException("of an idempotency key", ID));
        var object = SegmentCreator.object(id, name.storedName());
        return id.equals(mine) ? new Creation.Created(object) : new Creation.Replayed(object);
    }

    private static Optional<AttributeValue> text(NameChange name) {
        return switch (name) {
            case NameChange.Unchanged() -> Optional.empty();
            case NameChange.Cleared() -> Optional.of(AttributeValue.fromNul(true));
            case NameChange.SetTo(SegmentName given) -> Optional.of(AttributeValue.fromS(given.value()));
        };
    }

    private static long seconds(Timestamp timestamp) {
        return timestamp.micros() / 1_000_000;
    }
}
