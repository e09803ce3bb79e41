package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Deletes a tenant's market segments. One transaction puts a tombstone in the place of the object and counts the
/// deletion in its page, which the id tells.
///
/// The transaction's token settles an answer that was lost: the same transaction, sent again, succeeds again
/// and does nothing. With an idempotency key it also records the deletion.
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

    private final TenantTable table;
    private final IdempotencyTable idempotency;
    private final Archiver archiver;
    private final InstantSource clock;
    private final AtomicLong deletes;

    private SegmentDeleter(TenantTable table, IdempotencyTable idempotency, InstantSource clock, AtomicLong deletes) {
        this.table = table;
        this.idempotency = idempotency;
        this.archiver = new Archiver(table);
        this.clock = clock;
        this.deletes = deletes;
    }

    /// Opens a tenant's segments.
    public static Function<Tenant, SegmentDeleter> forTenants(
            SegmentTable table, IdempotencyTable idempotency, InstantSource clock) {
        var deletes = new AtomicLong();
        return tenant -> new SegmentDeleter(table.of(tenant), idempotency, clock, deletes);
    }

    /// Deletes the segment of that id.
    ///
    /// @param precondition the versions that the object may have
    /// @param requestId the id of the request, which the change event names
    /// @param request makes equal requests take effect once, if it carries an idempotency key
    public DeleteOutcome delete(
            SegmentId id,
            Precondition precondition,
            String requestId,
            Optional<IdempotentRequest> request,
            Deadline deadline) {
        var transaction = new WriteTransaction(
                request.map(given -> idempotency.recordingOfDeletion(table.tenant(), given, id)),
                List.of(
                        object(id, precondition, requestId),
                        deletion(id.position().page())));
        return switch (transaction.commit(table.dynamoDb(), deadline)) {
            case WriteTransaction.Result.Committed() -> {
                archiveNowAndThen(table.layout().groupOf(id.position().page()), deadline);
                yield DeleteOutcome.DELETED;
            }
            case WriteTransaction.Result.Answered _ -> DeleteOutcome.REPLAYED;
            case WriteTransaction.Result.KeyReused() -> DeleteOutcome.KEY_REUSED;
            case WriteTransaction.Result.KeyInUse() -> DeleteOutcome.KEY_IN_USE;
            case WriteTransaction.Result.Refused(var cancellation) ->
                SegmentItem.isObject(cancellation.item(OBJECT)) ? DeleteOutcome.CHANGED : DeleteOutcome.MISSING;
        };
    }

    private TransactWriteItem object(SegmentId id, Precondition precondition, String requestId) {
        var values = new HashMap<String, AttributeValue>();
        String deletion = SegmentItem.deletion(clock.instant(), requestId, values);
        String condition = SegmentItem.EXISTS + VersionCondition.expression(precondition, values);
        return TransactWriteItem.builder()
                .update(object -> object.tableName(table.name())
                        .key(SegmentItem.key(table.tenant(), id))
                        .updateExpression(deletion)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private TransactWriteItem deletion(long page) {
        PageLayout layout = table.layout();
        return TransactWriteItem.builder()
                .update(group -> group.tableName(table.name())
                        .key(CounterItems.groupKey(table.tenant(), layout.groupOf(page)))
                        .updateExpression("ADD n :one, #page :one")
                        .expressionAttributeNames(Map.of("#page", CounterItems.page(layout.indexInGroup(page))))
                        .expressionAttributeValues(Map.of(":one", Attributes.number(1))))
                .build();
    }

    /// Keeps the group's item small between two runs of the upkeep. The object is gone already: a failure here
    /// must not become the client's.
    private void archiveNowAndThen(long group, Deadline deadline) {
        if (deletes.incrementAndGet() % DELETES_FOR_A_LOOK != 0) {
            return;
        }
        try {
            archiver.archive(group, PAGES_TO_ARCHIVE, deadline.forPart(PATIENCE));
        } catch (RuntimeException e) {
            Log.error(
                    "archiving_failed",
                    e,
                    fields -> fields.add("account", table.tenant().account().value())
                            .add("livemode", table.tenant().livemode())
                            .add("group", group));
        }
    }
}
