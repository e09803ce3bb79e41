package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Deletes market segments. One transaction deletes the object and counts the deletion in its page, which the
/// id tells.
///
/// The transaction's token settles an answer that was lost: the same transaction, sent again, succeeds again
/// and does nothing.
///
/// Thread-safe.
public final class SegmentDeleter {

    private static final int OBJECT = 0;

    /// One delete in so many looks at the item in which it was counted. Counted rather than drawn, so that an
    /// instance that deletes much looks in time.
    static final int DELETES_FOR_A_LOOK = 8;

    /// The deletions in the item are archived if they name so many pages. A page takes 7 bytes at most: the
    /// item stays below the 1 KB that one write unit pays for.
    static final int PAGES_TO_ARCHIVE = 64;

    /// A client waits for the archiving.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final SegmentTable table;
    private final Archiver archiver;
    private final AtomicLong deletes = new AtomicLong();

    public SegmentDeleter(SegmentTable table) {
        this.table = table;
        this.archiver = new Archiver(table);
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
                                            deletion(tenant, id.position().page()))));
        } catch (TransactionCanceledException e) {
            TransactionCancellation cancellation = TransactionCancellation.of(e);
            if (!cancellation.conditionFailed(OBJECT)) {
                throw e;
            }
            return cancellation.item(OBJECT).isEmpty() ? DeleteOutcome.MISSING : DeleteOutcome.CHANGED;
        }
        if (deletes.incrementAndGet() % DELETES_FOR_A_LOOK == 0) {
            archive(tenant, table.layout().groupOf(id.position().page()));
        }
        return DeleteOutcome.DELETED;
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

    private TransactWriteItem deletion(Tenant tenant, long page) {
        PageLayout layout = table.layout();
        return TransactWriteItem.builder()
                .update(group -> group.tableName(table.name())
                        .key(CounterItems.groupKey(tenant, layout.groupOf(page)))
                        .updateExpression("ADD n :one, #page :one")
                        .expressionAttributeNames(Map.of("#page", CounterItems.page(layout.indexInGroup(page))))
                        .expressionAttributeValues(Map.of(":one", Attributes.number(1))))
                .build();
    }

    /// Keeps the group's item small between two runs of the upkeep. The object is gone already: a failure here
    /// must not become the client's.
    private void archive(Tenant tenant, long group) {
        try {
            archiver.archive(tenant, group, PAGES_TO_ARCHIVE, Deadline.in(PATIENCE));
        } catch (RuntimeException e) {
            Log.error(
                    "archiving_failed",
                    e,
                    fields -> fields.add("account", tenant.account().value())
                            .add("livemode", tenant.livemode())
                            .add("group", group));
        }
    }
}
