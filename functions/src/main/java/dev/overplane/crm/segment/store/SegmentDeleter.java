package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Deletes market segments. One transaction deletes the object and counts the deletion in its page, which the
/// id tells.
///
/// The transaction's token settles an answer that was lost: the same transaction, sent again, succeeds again
/// and does nothing. With an idempotency key it also records the deletion.
///
/// Thread-safe.
public final class SegmentDeleter {

    private static final int OBJECT = 0;

    private final SegmentTable table;
    private final IdempotencyTable idempotency;

    public SegmentDeleter(SegmentTable table, IdempotencyTable idempotency) {
        this.table = table;
        this.idempotency = idempotency;
    }

    /// Deletes the tenant's segment of that id.
    ///
    /// @param precondition the versions that the object may have
    /// @param request makes equal requests take effect once, if it carries an idempotency key
    public DeleteOutcome delete(
            Tenant tenant,
            SegmentId id,
            Precondition precondition,
            Optional<IdempotentRequest> request,
            Deadline deadline) {
        var transaction = new WriteTransaction(
                request.map(given -> idempotency.recordingOfDeletion(tenant, given, id)),
                List.of(
                        object(tenant, id, precondition),
                        deficit(tenant, id.position().page())));
        return switch (transaction.commit(table.dynamoDb(), deadline)) {
            case WriteTransaction.Result.Committed() -> DeleteOutcome.DELETED;
            case WriteTransaction.Result.Answered _ -> DeleteOutcome.REPLAYED;
            case WriteTransaction.Result.KeyReused() -> DeleteOutcome.KEY_REUSED;
            case WriteTransaction.Result.KeyInUse() -> DeleteOutcome.KEY_IN_USE;
            case WriteTransaction.Result.Refused(var cancellation) ->
                cancellation.item(OBJECT).isEmpty() ? DeleteOutcome.MISSING : DeleteOutcome.CHANGED;
        };
    }

    private TransactWriteItem object(Tenant tenant, SegmentId id, Precondition precondition) {
        var values = new HashMap<String, AttributeValue>();
        Delete.Builder delete = Delete.builder()
                .tableName(table.name())
                .key(SegmentItem.key(tenant, id))
                .conditionExpression("attribute_exists(id)" + VersionCondition.expression(precondition, values))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!values.isEmpty()) {
            delete.expressionAttributeValues(values);
        }
        return TransactWriteItem.builder().delete(delete.build()).build();
    }

    private TransactWriteItem deficit(Tenant tenant, long page) {
        long group = table.layout().groupOf(page);
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table.name())
                        .key(Directory.groupKey(tenant, group))
                        .updateExpression("ADD #page :one")
                        .expressionAttributeNames(Map.of(
                                "#page",
                                Directory.attribute(
                                        Span.of(page, 1), table.layout().firstPage(group))))
                        .expressionAttributeValues(Map.of(":one", Attributes.number(1)))
                        .build())
                .build();
    }
}
