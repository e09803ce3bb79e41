package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Deletes market segments. One call: the object goes and its page's deficit grows in one transaction, and the
/// page is known from the id.
///
/// An answer that was lost is settled by the transaction's token: the same one, sent again, succeeds again and
/// does nothing.
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
    /// @param versions the versions that the object may have, if the caller minds
    public DeleteOutcome delete(Tenant tenant, SegmentId id, Optional<Set<Long>> versions, Deadline deadline) {
        try {
            table.dynamoDb()
                    .call(
                            deadline,
                            limits -> table.dynamoDb()
                                    .client()
                                    .transactWriteItems(transaction -> transaction
                                            .overrideConfiguration(limits)
                                            .transactItems(
                                                    TransactWriteItem.builder()
                                                            .delete(object(tenant, id, versions))
                                                            .build(),
                                                    TransactWriteItem.builder()
                                                            .update(deficit(
                                                                    tenant,
                                                                    id.position()
                                                                            .page()))
                                                            .build())));
            return DeleteOutcome.DELETED;
        } catch (TransactionCanceledException e) {
            TransactionCancellation cancellation = TransactionCancellation.of(e);
            if (!cancellation.conditionFailed(OBJECT)) {
                throw e;
            }
            return cancellation.item(OBJECT).isEmpty() ? DeleteOutcome.MISSING : DeleteOutcome.CHANGED;
        }
    }

    private Delete object(Tenant tenant, SegmentId id, Optional<Set<Long>> versions) {
        var values = new HashMap<String, AttributeValue>();
        Delete.Builder delete = Delete.builder()
                .tableName(table.name())
                .key(SegmentItem.key(tenant, id))
                .conditionExpression("attribute_exists(id)" + new VersionCondition(versions).expression(values))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        return values.isEmpty()
                ? delete.build()
                : delete.expressionAttributeValues(values).build();
    }

    private Update deficit(Tenant tenant, long page) {
        long group = table.layout().groupOf(page);
        return Update.builder()
                .tableName(table.name())
                .key(Directory.groupKey(tenant, group))
                .updateExpression("ADD #page :one")
                .expressionAttributeNames(Map.of(
                        "#page",
                        Directory.attribute(Span.of(page, 1), table.layout().firstPage(group))))
                .expressionAttributeValues(Map.of(":one", SegmentItem.number(1)))
                .build();
    }
}
