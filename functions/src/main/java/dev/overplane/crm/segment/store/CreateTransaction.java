package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// The transaction of a create: the record of the outcome, if there is an idempotency key, the object, and the
/// count of creations, on condition that the count still lies within the page that the object's id names.
///
/// One use.
final class CreateTransaction {

    private final SegmentTable table;
    private final NameChange name;
    private final VersionedSegment object;
    private final List<TransactWriteItem> actions = new ArrayList<>();
    private final Optional<Integer> recordAction;
    private final int objectAction;
    private final int countAction;

    /// @param name what the request asks of the name
    /// @param id the id of the new object
    CreateTransaction(
            SegmentTable table,
            IdempotencyTable idempotency,
            Tenant tenant,
            NameChange name,
            Optional<IdempotencyKey> key,
            SegmentId id) {
        this.table = table;
        this.name = name;
        this.object = VersionedSegment.created(id, name.storedName());
        this.recordAction =
                key.map(given -> add(TransactWriteItem.builder().put(idempotency.record(tenant, given, name, id))));
        this.objectAction = add(TransactWriteItem.builder().put(putObject(tenant)));
        this.countAction = add(TransactWriteItem.builder().update(count(tenant)));
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
        try {
            table.dynamoDb()
                    .call(
                            deadline,
                            (client, limits) -> client.transactWriteItems(transaction ->
                                    transaction.overrideConfiguration(limits).transactItems(actions)));
            return new Result.Settled(new Creation.Created(object));
        } catch (TransactionCanceledException e) {
            return explain(e);
        } catch (StoreUnavailableException e) {
            if (isKeyInUse(e)) {
                return new Result.Settled(new Creation.KeyInUse());
            }
            throw e;
        }
    }

    private Result explain(TransactionCanceledException e) {
        TransactionCancellation cancellation = TransactionCancellation.of(e);
        if (recordAction.filter(cancellation::conditionFailed).isPresent()) {
            return new Result.Settled(IdempotencyTable.explain(
                    cancellation.item(recordAction.get()),
                    name,
                    object.segment().id()));
        }
        if (cancellation.conditionFailed(objectAction)) {
            // An id has 80 random bits: the object that has it was written by an earlier attempt at this.
            return new Result.Settled(new Creation.Created(object));
        }
        if (cancellation.conditionFailed(countAction)) {
            return new Result.PageTurned(CounterItems.created(cancellation.item(countAction)));
        }
        throw e;
    }

    private boolean isKeyInUse(StoreUnavailableException e) {
        return e.getCause() instanceof TransactionCanceledException cancelled
                && recordAction
                        .filter(TransactionCancellation.of(cancelled)::conflicted)
                        .isPresent();
    }

    private int add(TransactWriteItem.Builder action) {
        actions.add(action.build());
        return actions.size() - 1;
    }

    private Put putObject(Tenant tenant) {
        return Put.builder()
                .tableName(table.name())
                .item(SegmentItem.of(tenant, object))
                .conditionExpression("attribute_not_exists(id)")
                .build();
    }

    private Update count(Tenant tenant) {
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
                .key(CounterItems.headKey(tenant))
                .updateExpression("ADD c :one")
                .conditionExpression(page == 0 ? "attribute_not_exists(c) OR c < :end" : "c >= :first AND c < :end")
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}
