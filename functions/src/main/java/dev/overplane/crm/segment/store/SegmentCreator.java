package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import dev.overplane.crm.segment.counting.PageLayout;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Creates market segments. One call: the object, the count and, if there is an idempotency key, the record of
/// the outcome are written in one transaction, on condition that the count is still within the page that the
/// object says. If it has moved on, the failure itself tells the count, and the object is made anew for the
/// page that it belongs to: a second call, once a page.
///
/// An answer that was lost is settled by the transaction's token, which makes the same transaction take effect
/// once, and beyond the token's life by the object and the record, which a further attempt finds and knows for
/// its own by the id.
///
/// Thread-safe.
public final class SegmentCreator {

    private final SegmentTable table;
    private final IdempotencyTable idempotency;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final PageCache pageCache = new PageCache();

    public SegmentCreator(
            SegmentTable table, IdempotencyTable idempotency, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.idempotency = idempotency;
        this.clock = clock;
        this.random = random;
    }

    /// Creates a segment.
    ///
    /// @param name its text
    /// @param key what makes the request take effect once, if the caller minds
    public Creation create(Tenant tenant, NameChange name, Optional<IdempotencyKey> key, Deadline deadline) {
        long page = pageCache.of(tenant);
        while (true) {
            // Stamped afresh for every page: an object of a later page must not look older than one of the page
            // before.
            var attempt = new Attempt(tenant, name, key, new Position(page, Timestamp.now(clock)));
            switch (attempt.make(deadline)) {
                case Result.Settled(Creation creation) -> {
                    pageCache.remember(tenant, page);
                    return creation;
                }
                case Result.PageTurned(long created) -> page = table.layout().pageOf(created);
            }
        }
    }

    /// An object as it is when it is created.
    static VersionedSegment object(SegmentId id, Optional<SegmentName> name) {
        Timestamp createdAt = id.position().createdAt();
        return new VersionedSegment(new MarketSegment(id, createdAt, createdAt, name), VersionedSegment.FIRST_VERSION);
    }

    private sealed interface Result {
        record Settled(Creation creation) implements Result {}

        record PageTurned(long created) implements Result {}
    }

    private final class Attempt {

        private final Tenant tenant;
        private final NameChange name;
        private final VersionedSegment object;
        private final long page;
        private final List<TransactWriteItem> actions = new ArrayList<>();
        private final Optional<Integer> recordAction;
        private final int objectAction;
        private final int countAction;

        Attempt(Tenant tenant, NameChange name, Optional<IdempotencyKey> key, Position position) {
            this.tenant = tenant;
            this.name = name;
            this.page = position.page();
            SegmentId id = SegmentId.issue(tenant, position, random);
            this.object = object(id, name.storedName());
            this.recordAction = key.map(given -> add(TransactWriteItem.builder()
                    .put(idempotency.record(tenant, given, name, id, position.createdAt()))));
            this.objectAction = add(TransactWriteItem.builder().put(putObject()));
            this.countAction = add(TransactWriteItem.builder().update(count()));
        }

        private int add(TransactWriteItem.Builder action) {
            actions.add(action.build());
            return actions.size() - 1;
        }

        Result make(Deadline deadline) {
            try {
                table.dynamoDb()
                        .call(
                                deadline,
                                limits -> table.dynamoDb()
                                        .client()
                                        .transactWriteItems(transaction -> transaction
                                                .overrideConfiguration(limits)
                                                .transactItems(actions)));
                return new Result.Settled(new Creation.Created(object));
            } catch (TransactionCanceledException e) {
                return explain(e);
            } catch (StoreUnavailableException e) {
                if (keyInUse(e)) {
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
                // An id is drawn from 80 random bits: an object that has it already was written by this very
                // attempt.
                return new Result.Settled(new Creation.Created(object));
            }
            if (cancellation.conditionFailed(countAction)) {
                Map<String, AttributeValue> head = cancellation.item(countAction);
                return new Result.PageTurned(head.isEmpty() ? 0 : SegmentItem.numberAt(head, Directory.CREATED));
            }
            throw e;
        }

        private boolean keyInUse(StoreUnavailableException e) {
            return e.getCause() instanceof TransactionCanceledException cancelled
                    && recordAction
                            .filter(TransactionCancellation.of(cancelled)::conflicted)
                            .isPresent();
        }

        private Put putObject() {
            return Put.builder()
                    .tableName(table.name())
                    .item(SegmentItem.of(tenant, object))
                    .conditionExpression("attribute_not_exists(id)")
                    .build();
        }

        private Update count() {
            PageLayout layout = table.layout();
            var values = new HashMap<String, AttributeValue>();
            values.put(":one", SegmentItem.number(1));
            values.put(":end", SegmentItem.number(layout.first(page + 1)));
            if (page > 0) {
                values.put(":first", SegmentItem.number(layout.first(page)));
            }
            return Update.builder()
                    .tableName(table.name())
                    .key(Directory.headKey(tenant))
                    .updateExpression("ADD c :one")
                    .conditionExpression(page == 0 ? "attribute_not_exists(c) OR c < :end" : "c >= :first AND c < :end")
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build();
        }
    }
}
