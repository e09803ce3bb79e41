package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// The outcomes of creates that carried an idempotency key. A record is written in the transaction that creates
/// the object: there is never one without the other.
///
/// A record holds the name that the request gave (absent, null or a string, as in the body) and the id, which
/// tells the creation time. The answer follows from these.
///
/// @param name the table's name
public record IdempotencyTable(String name) {

    private static final String TENANT = "tenant";
    private static final String KEY = "key";
    private static final String ID = "id";
    private static final String MARKET_SEGMENT = "market_segment";
    /// Seconds since the epoch, as DynamoDB's time to live wants it. DynamoDB deletes late, so the condition
    /// below looks at it too.
    private static final String EXPIRES_AT = "expires_at";

    private static final Duration LIFETIME = Duration.ofHours(24);

    /// The action that records the outcome, on condition that there is no record yet.
    Put record(Tenant tenant, IdempotencyKey key, NameChange name, SegmentId id) {
        long now = seconds(id.position().createdAt());
        var item = new HashMap<String, AttributeValue>();
        item.put(TENANT, AttributeValue.fromS(tenant.partitionKey()));
        item.put(KEY, AttributeValue.fromS(key.value()));
        item.put(ID, AttributeValue.fromS(id.value()));
        item.put(EXPIRES_AT, Attributes.number(now + LIFETIME.toSeconds()));
        given(name).ifPresent(value -> item.put(MARKET_SEGMENT, value));
        return Put.builder()
                .tableName(this.name)
                .item(item)
                .conditionExpression("attribute_not_exists(#key) OR #expires_at <= :now")
                .expressionAttributeNames(Map.of("#key", KEY, "#expires_at", EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", Attributes.number(now)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    /// What the record that failed the condition means for a create.
    ///
    /// @param name what that create asks of the name
    /// @param id the id that it would have given
    /// @throws CorruptItemException if the record names no id
    static Creation explain(Map<String, AttributeValue> record, NameChange name, SegmentId id) {
        if (!given(name).equals(Optional.ofNullable(record.get(MARKET_SEGMENT)))) {
            return new Creation.KeyReused();
        }
        SegmentId recorded = new ItemReader("of an idempotency key", record).text(ID, SegmentId::new);
        VersionedSegment object = VersionedSegment.created(recorded, name.storedName());
        return recorded.equals(id) ? new Creation.Created(object) : new Creation.Replayed(object);
    }

    private static Optional<AttributeValue> given(NameChange name) {
        return switch (name) {
            case NameChange.Unchanged() -> Optional.empty();
            case NameChange.Cleared() -> Optional.of(AttributeValue.fromNul(true));
            case NameChange.SetTo(SegmentName value) -> Optional.of(AttributeValue.fromS(value.value()));
        };
    }

    private static long seconds(Timestamp timestamp) {
        return timestamp.micros() / 1_000_000;
    }
}
