package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Changes a tenant's market segments. One call, unless another machine's clock is ahead of ours, or the request
/// carries an idempotency key: then a [RecordedUpdater] does it.
///
/// The item settles an answer that was lost. Each update without a key stores random `writer` bytes; a retry
/// that finds its own knows that it has succeeded.
///
/// Thread-safe.
public final class SegmentUpdater {

    private static final int WRITER_BYTES = 8;

    private final TenantTable table;
    private final SegmentReader reader;
    private final RecordedUpdater recorded;
    private final InstantSource clock;
    private final RandomGenerator random;

    private SegmentUpdater(
            TenantTable table, IdempotencyTable idempotency, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.reader = new SegmentReader(table);
        this.recorded = new RecordedUpdater(table, idempotency, clock);
        this.clock = clock;
        this.random = random;
    }

    /// Opens a tenant's segments.
    public static Function<Tenant, SegmentUpdater> forTenants(
            SegmentTable table, IdempotencyTable idempotency, InstantSource clock, RandomGenerator random) {
        return tenant -> new SegmentUpdater(table.of(tenant), idempotency, clock, random);
    }

    /// Changes the object's name. [NameChange.Unchanged] changes nothing, `updated_at` included.
    ///
    /// @param precondition the versions that the object may have
    /// @param requestId the id of the request, which the change event names
    /// @param request makes equal requests take effect once, if it carries an idempotency key
    public UpdateOutcome update(
            SegmentId id,
            NameChange name,
            Precondition precondition,
            String requestId,
            Optional<IdempotentRequest> request,
            Deadline deadline) {
        if (request.isPresent()) {
            return recorded.update(id, name, precondition, requestId, request.get(), deadline);
        }
        return switch (name) {
            case NameChange.Unchanged() -> unchanged(id, precondition, deadline);
            case NameChange.Cleared _, NameChange.SetTo _ ->
                changed(id, name.storedName(), precondition, requestId, deadline);
        };
    }

    private UpdateOutcome unchanged(SegmentId id, Precondition precondition, Deadline deadline) {
        return reader.retrieve(id, deadline)
                .<UpdateOutcome>map(present -> precondition.allows(present.version())
                        ? new UpdateOutcome.Updated(present)
                        : new UpdateOutcome.Changed())
                .orElseGet(UpdateOutcome.Missing::new);
    }

    private UpdateOutcome changed(
            SegmentId id, Optional<SegmentName> name, Precondition precondition, String requestId, Deadline deadline) {
        var bytes = new byte[WRITER_BYTES];
        random.nextBytes(bytes);
        SdkBytes writer = SdkBytes.fromByteArray(bytes);
        Timestamp now = Timestamp.now(clock);
        while (true) {
            Attempt attempt = attempt(id, name, precondition, requestId, writer, now, deadline);
            switch (attempt) {
                case Attempt.Settled(UpdateOutcome outcome) -> {
                    return outcome;
                }
                // An object's time never runs backwards, though it may between two machines.
                case Attempt.Early(Timestamp updatedAt) -> now = updatedAt;
            }
        }
    }

    private sealed interface Attempt {

        /// The update is decided.
        record Settled(UpdateOutcome outcome) implements Attempt {}

        /// Our clock is behind the object's last change.
        record Early(Timestamp updatedAt) implements Attempt {}
    }

    private Attempt attempt(
            SegmentId id,
            Optional<SegmentName> name,
            Precondition precondition,
            String requestId,
            SdkBytes writer,
            Timestamp now,
            Deadline deadline) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":writer", AttributeValue.fromB(writer));
        values.put(":one", Attributes.number(1));
        String expression =
                "SET writer = :writer, version = version + :one" + SegmentItem.change(now, requestId, name, values);
        String conditions = SegmentItem.EXISTS
                + " AND updated_at <= :now AND (attribute_not_exists(writer) OR writer <> :writer)"
                + VersionCondition.expression(precondition, values);
        try {
            UpdateItemResponse response = table.dynamoDb()
                    .call(
                            deadline,
                            (client, limits) -> client.updateItem(update -> update.overrideConfiguration(limits)
                                    .tableName(table.name())
                                    .key(SegmentItem.key(table.tenant(), id))
                                    .updateExpression(expression)
                                    .conditionExpression(conditions)
                                    .expressionAttributeValues(values)
                                    .returnValues(ReturnValue.ALL_NEW)
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return new Attempt.Settled(new UpdateOutcome.Updated(SegmentItem.versioned(response.attributes())));
        } catch (ConditionalCheckFailedException e) {
            return explain(e.hasItem() ? e.item() : Map.of(), precondition, writer);
        }
    }

    private static Attempt explain(Map<String, AttributeValue> item, Precondition precondition, SdkBytes writer) {
        if (!SegmentItem.isObject(item)) {
            return new Attempt.Settled(new UpdateOutcome.Missing());
        }
        VersionedSegment present = SegmentItem.versioned(item);
        if (AttributeValue.fromB(writer).equals(item.get(SegmentItem.WRITER))) {
            return new Attempt.Settled(new UpdateOutcome.Updated(present));
        }
        return precondition.allows(present.version())
                ? new Attempt.Early(present.segment().updatedAt())
                : new Attempt.Settled(new UpdateOutcome.Changed());
    }
}
