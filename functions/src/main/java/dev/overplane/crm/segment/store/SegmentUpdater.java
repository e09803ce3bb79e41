package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Changes market segments. One call, unless another machine's clock is ahead of ours.
///
/// An answer that was lost is settled by the item itself: each update leaves its mark on it, so that the
/// attempt after finds its own work done, rather than a version that it did not expect.
///
/// Thread-safe.
public final class SegmentUpdater {

    private static final int MARK_BYTES = 8;

    private final SegmentTable table;
    private final SegmentReader reader;
    private final InstantSource clock;
    private final RandomGenerator random;

    public SegmentUpdater(SegmentTable table, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.reader = new SegmentReader(table);
        this.clock = clock;
        this.random = random;
    }

    /// Changes the object's text; if none is given, nothing at all, `updated_at` included.
    ///
    /// @param name its new text
    /// @param versions the versions that the object may have, if the caller minds
    public UpdateOutcome update(
            Tenant tenant, SegmentId id, NameChange name, Optional<Set<Long>> versions, Deadline deadline) {
        var condition = new VersionCondition(versions);
        return switch (name) {
            case NameChange.Unchanged() -> unchanged(tenant, id, condition, deadline);
            case NameChange.Cleared _, NameChange.SetTo _ ->
                changed(tenant, id, name.storedName(), condition, deadline);
        };
    }

    private UpdateOutcome unchanged(Tenant tenant, SegmentId id, VersionCondition condition, Deadline deadline) {
        return reader.retrieve(tenant, id, deadline)
                .<UpdateOutcome>map(present -> condition.allows(present.version())
                        ? new UpdateOutcome.Updated(present)
                        : new UpdateOutcome.Changed())
                .orElseGet(UpdateOutcome.Missing::new);
    }

    private UpdateOutcome changed(
            Tenant tenant, SegmentId id, Optional<SegmentName> name, VersionCondition condition, Deadline deadline) {
        var mark = new byte[MARK_BYTES];
        random.nextBytes(mark);
        SdkBytes writer = SdkBytes.fromByteArray(mark);
        Timestamp now = Timestamp.now(clock);
        while (true) {
            Attempt attempt = attempt(tenant, id, name, condition, writer, now, deadline);
            switch (attempt) {
                case Attempt.Settled(UpdateOutcome outcome) -> {
                    return outcome;
                }
                // Time never runs backwards for an object, though it may between two machines.
                case Attempt.Early(Timestamp updatedAt) -> now = updatedAt;
            }
        }
    }

    private sealed interface Attempt {
        record Settled(UpdateOutcome outcome) implements Attempt {}

        record Early(Timestamp updatedAt) implements Attempt {}
    }

    private Attempt attempt(
            Tenant tenant,
            SegmentId id,
            Optional<SegmentName> name,
            VersionCondition condition,
            SdkBytes writer,
            Timestamp now,
            Deadline deadline) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":now", SegmentItem.number(now.micros()));
        values.put(":writer", AttributeValue.fromB(writer));
        values.put(":one", SegmentItem.number(1));
        name.ifPresent(text -> values.put(":name", AttributeValue.fromS(text.value())));
        String conditions =
                "attribute_exists(id) AND updated_at <= :now AND (attribute_not_exists(writer) OR writer <> :writer)"
                        + condition.expression(values);
        try {
            UpdateItemResponse response = table.dynamoDb()
                    .call(
                            deadline,
                            limits -> table.dynamoDb()
                                    .client()
                                    .updateItem(update -> update.overrideConfiguration(limits)
                                            .tableName(table.name())
                                            .key(SegmentItem.key(tenant, id))
                                            .updateExpression(
                                                    "SET updated_at = :now, writer = :writer, version = version + :one"
                                                            + (name.isPresent()
                                                                    ? ", market_segment = :name"
                                                                    : " REMOVE market_segment"))
                                            .conditionExpression(conditions)
                                            .expressionAttributeValues(values)
                                            .returnValues(ReturnValue.ALL_NEW)
                                            .returnValuesOnConditionCheckFailure(
                                                    ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return new Attempt.Settled(new UpdateOutcome.Updated(SegmentItem.versioned(response.attributes())));
        } catch (ConditionalCheckFailedException e) {
            return explain(e.hasItem() ? e.item() : Map.of(), condition, writer);
        }
    }

    private static Attempt explain(Map<String, AttributeValue> item, VersionCondition condition, SdkBytes writer) {
        if (item.isEmpty()) {
            return new Attempt.Settled(new UpdateOutcome.Missing());
        }
        VersionedSegment present = SegmentItem.versioned(item);
        if (AttributeValue.fromB(writer).equals(item.get(SegmentItem.WRITER))) {
            return new Attempt.Settled(new UpdateOutcome.Updated(present));
        }
        return condition.allows(present.version())
                ? new Attempt.Early(present.segment().updatedAt())
                : new Attempt.Settled(new UpdateOutcome.Changed());
    }
}
