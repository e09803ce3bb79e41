package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Span;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Deletes market segments. One transaction deletes the object and counts the deletion in its page, which the
/// id tells.
///
/// The transaction's token settles an answer that was lost: the same transaction, sent again, succeeds again
/// and does nothing.
///
/// Thread-safe.
public final class SegmentDeleter {

    private static final int OBJECT = 0;

    private final SegmentTable table;

    public SegmentDeleter(SegmentTable table) {
        this.table = table;
    }

    /// Deletes the tenant's segment of that id.
    ///
    /// @param precondition the versions that the object may have
    public DeleteOutcome delete(Tenant tenant, SegmentId id, Precondition precondition, Deadline deadline) {
        try {
            table.dynamoDb()
                    .call(
                            deadline,
                            (client, limits) -> client.transactWriteItems(transaction -> transaction
                                    .overrideConfiguration(limits)
                                    .transactItems(
                                            object(tenant, id, precondition),
                                            deficit(tenant, id.position().page()))));
            return DeleteOutcome.DELETED;
        } catch (TransactionCanceledException e) {
            TransactionCancellation cancellation = TransactionCancellation.of(e);
            if (!cancellation.conditionFailed(OBJECT)) {
                throw e;
            }
            return cancellation.item(OBJECT).isEmpty() ? DeleteOutcome.MISSING : DeleteOutcome.CHANGED;
        }
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
