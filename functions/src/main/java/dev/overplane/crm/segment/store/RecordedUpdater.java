package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Changes market segments for requests that carry an idempotency key. Two calls: the first reads the record of
/// the key and the object, the second writes both, on condition that there is still no record and that the
/// object still has the version that was read. The record holds the whole answer, so the version has to be
/// known before.
///
/// The first call is a transaction too. Two reads could fall before and after the commit of an equal request:
/// they would find no record, and an object which that very request has given the version that `If-Match` now
/// refuses.
///
/// Thread-safe.
final class RecordedUpdater {

    /// In the transaction that reads.
    private static final int RECORD = 0;
    /// Among the actions of the change.
    private static final int OBJECT = 0;

    private final TenantTable table;
    private final IdempotencyTable idempotency;
    private final InstantSource clock;

    RecordedUpdater(TenantTable table, IdempotencyTable idempotency, InstantSource clock) {
        this.table = table;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /// Changes the object's name, as [SegmentUpdater#update] does.
    UpdateOutcome update(
            SegmentId id,
            NameChange name,
            Precondition precondition,
            String requestId,
            IdempotentRequest request,
            Deadline deadline) {
        List<ItemResponse> read;
        try {
            read = read(id, request, deadline);
        } catch (StoreUnavailableException e) {
            if (e.conflicted(RECORD)) {
                return new UpdateOutcome.KeyInUse();
            }
            throw e;
        }
        Map<String, AttributeValue> record = read.getFirst().item();
        if (idempotency.isAlive(record)) {
            return IdempotencyTable.isOf(record, request)
                    ? new UpdateOutcome.Replayed(SegmentItem.versioned(record))
                    : new UpdateOutcome.KeyReused();
        }
        Map<String, AttributeValue> item = read.getLast().item();
        while (true) {
            if (!SegmentItem.isObject(item)) {
                return new UpdateOutcome.Missing();
            }
            VersionedSegment present = SegmentItem.versioned(item);
            if (!precondition.allows(present.version())) {
                return new UpdateOutcome.Changed();
            }
            VersionedSegment answer = changed(present, name);
            var transaction = new WriteTransaction(
                    Optional.of(idempotency.recording(table.tenant(), request, answer)),
                    present.equals(answer) ? List.of() : List.of(replace(present, answer, requestId)));
            switch (transaction.commit(table.dynamoDb(), deadline)) {
                case WriteTransaction.Result.Committed() -> {
                    return new UpdateOutcome.Updated(answer);
                }
                case WriteTransaction.Result.Answered(Map<String, AttributeValue> other) -> {
                    return new UpdateOutcome.Replayed(SegmentItem.versioned(other));
                }
                case WriteTransaction.Result.KeyReused() -> {
                    return new UpdateOutcome.KeyReused();
                }
                case WriteTransaction.Result.KeyInUse() -> {
                    return new UpdateOutcome.KeyInUse();
                }
                // Somebody else has changed the object since it was read.
                case WriteTransaction.Result.Refused(var cancellation) -> item = cancellation.item(OBJECT);
            }
        }
    }

    private List<ItemResponse> read(SegmentId id, IdempotentRequest request, Deadline deadline) {
        return table.dynamoDb()
                .call(
                        deadline,
                        (client, limits) -> client.transactGetItems(transaction -> transaction
                                .overrideConfiguration(limits)
                                .transactItems(
                                        get(idempotency.name(), IdempotencyTable.key(table.tenant(), request)),
                                        get(table.name(), SegmentItem.key(table.tenant(), id)))))
                .responses();
    }

    private static TransactGetItem get(String table, Map<String, AttributeValue> key) {
        return TransactGetItem.builder()
                .get(get -> get.tableName(table).key(key))
                .build();
    }

    /// The object once the request is done.
    private VersionedSegment changed(VersionedSegment present, NameChange name) {
        return switch (name) {
            case NameChange.Unchanged() -> present;
            case NameChange.Cleared _, NameChange.SetTo _ -> {
                MarketSegment segment = present.segment();
                Timestamp now = Timestamp.now(clock);
                // An object's time never runs backwards, though it may between two machines.
                Timestamp updatedAt = now.compareTo(segment.updatedAt()) < 0 ? segment.updatedAt() : now;
                yield new VersionedSegment(
                        new MarketSegment(segment.id(), segment.createdAt(), updatedAt, name.storedName()),
                        present.version() + 1);
            }
        };
    }

    private TransactWriteItem replace(VersionedSegment present, VersionedSegment answer, String requestId) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":present", Attributes.number(present.version()));
        values.put(":version", Attributes.number(answer.version()));
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table.name())
                        .key(SegmentItem.key(table.tenant(), answer.segment().id()))
                        .updateExpression("SET version = :version"
                                + SegmentItem.change(
                                        answer.segment().updatedAt(),
                                        requestId,
                                        answer.segment().name(),
                                        values))
                        .conditionExpression("version = :present")
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }
}
