package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.IdempotentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The transaction of a write: the record of its answer, if the request carries an idempotency key, and then
/// what it writes. The record comes first, because what it says holds before anything that is said of the
/// object: an equal request may have changed that.
///
/// @param recording the record to be written, if there is a key
/// @param actions what the write does
record WriteTransaction(Optional<Recording> recording, List<TransactWriteItem> actions) {

    /// A request, and the action that records the answer to it.
    record Recording(IdempotentRequest request, Put put) {}

    private static final int RECORD = 0;

    /// What became of a transaction.
    sealed interface Result {

        /// It is committed.
        record Committed() implements Result {}

        /// An equal request has been answered before.
        ///
        /// @param record the record of its answer
        record Answered(Map<String, AttributeValue> record) implements Result {}

        /// A different request has used the idempotency key.
        record KeyReused() implements Result {}

        /// Other requests with the idempotency key kept this one from being decided in time. It may be
        /// committed, if its last attempt had no answer.
        record KeyInUse() implements Result {}

        /// A condition of the write failed. There is no record of the key, and nothing was written.
        ///
        /// @param cancellation the reasons, those of the write's own actions alone
        record Refused(TransactionCancellation cancellation) implements Result {}
    }

    /// Commits it.
    ///
    /// @throws StoreUnavailableException if that could not be done in time
    Result commit(DynamoDb dynamoDb, Deadline deadline) {
        var all = new ArrayList<TransactWriteItem>();
        recording.ifPresent(
                given -> all.add(TransactWriteItem.builder().put(given.put()).build()));
        all.addAll(actions);
        try {
            dynamoDb.call(
                    deadline,
                    (client, limits) -> client.transactWriteItems(transaction ->
                            transaction.overrideConfiguration(limits).transactItems(all)));
            return new Result.Committed();
        } catch (TransactionCanceledException e) {
            return explain(e);
        } catch (StoreUnavailableException e) {
            if (recording.isPresent() && e.conflicted(RECORD)) {
                return new Result.KeyInUse();
            }
            throw e;
        }
    }

    private Result explain(TransactionCanceledException e) {
        TransactionCancellation cancellation = TransactionCancellation.of(e);
        if (recording.isPresent() && cancellation.conditionFailed(RECORD)) {
            Map<String, AttributeValue> record = cancellation.item(RECORD);
            return IdempotencyTable.isOf(record, recording.get().request())
                    ? new Result.Answered(record)
                    : new Result.KeyReused();
        }
        if (cancellation.anyConditionFailed()) {
            return new Result.Refused(cancellation.from(recording.isPresent() ? 1 : 0));
        }
        throw e;
    }
}
