package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// The transaction of a create: the record of the outcome, if there is an idempotency key, the object, and the
/// count of creations, on condition that the count still lies within the page that the object's id names.
///
/// One use.
final class CreateTransaction {

    private static final int OBJECT = 0;
    private static final int COUNT = 1;

    private final TenantTable table;
    private final VersionedSegment object;
    private final String requestId;
    private final WriteTransaction transaction;

    /// @param name what the request asks of the name
    /// @param requestId the id of the request
    /// @param id the id of the new object
    CreateTransaction(
            TenantTable table,
            IdempotencyTable idempotency,
            NameChange name,
            String requestId,
            Optional<IdempotentRequest> request,
            SegmentId id) {
        this.table = table;
        this.object = VersionedSegment.created(id, name.storedName());
        this.requestId = requestId;
        this.transaction = new WriteTransaction(
                request.map(given -> idempotency.recording(table.tenant(), given, object)),
                List.of(
                        TransactWriteItem.builder().put(putObject()).build(),
                        TransactWriteItem.builder().update(count()).build()));
    }

    /// What became of a transaction.
    sealed interface Result {

        /// The create is decided.
        record Settled(Creation creation) implements Result {}

        /// The page is full, and nothing was written.
        ///
        /// @param created objects ever created
        record PageTurned(long created) implements Result {}
    }

    /// Commits it.
    ///
    /// @throws StoreUnavailableException if that could not be done in time
    Result commit(Deadline deadline) {
        return switch (transaction.commit(table.dynamoDb(), deadline)) {
            case WriteTransaction.Result.Committed() -> new Result.Settled(new Creation.Created(object));
            case WriteTransaction.Result.Answered(Map<String, AttributeValue> record) ->
                new Result.Settled(replayed(SegmentItem.versioned(record)));
            case WriteTransaction.Result.KeyReused() -> new Result.Settled(new Creation.KeyReused());
            case WriteTransaction.Result.KeyInUse() -> new Result.Settled(new Creation.KeyInUse());
            case WriteTransaction.Result.Refused(var cancellation) ->
                // An id has 80 random bits: the object that has it was written by an earlier attempt at this.
                cancellation.conditionFailed(OBJECT)
                        ? new Result.Settled(new Creation.Created(object))
                        : new Result.PageTurned(CounterItems.created(cancellation.item(COUNT)));
        };
    }

    /// An earlier attempt at this create is no replay.
    private Creation replayed(VersionedSegment recorded) {
        return recorded.equals(object) ? new Creation.Created(object) : new Creation.Replayed(recorded);
    }

    private Put putObject() {
        Map<String, AttributeValue> item = SegmentItem.of(table.tenant(), object);
        item.put(SegmentItem.REQUEST_ID, AttributeValue.fromS(requestId));
        return Put.builder()
                .tableName(table.name())
                .item(item)
                .conditionExpression("attribute_not_exists(id)")
                .build();
    }

    private Update count() {
        PageLayout layout = table.layout();
        long page = object.segment().id().position().page();
        var values = new HashMap<String, AttributeValue>();
        values.put(":one", Attributes.number(1));
        values.put(":end", Attributes.number(layout.first(page + 1)));
        if (page > 0) {
            values.put(":first", Attributes.number(layout.first(page)));
        }
        return Update.builder()
                .tableName(table.name())
                .key(CounterItems.headKey(table.tenant()))
                .updateExpression("ADD c :one")
                .conditionExpression(page == 0 ? "attribute_not_exists(c) OR c < :end" : "c >= :first AND c < :end")
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}
