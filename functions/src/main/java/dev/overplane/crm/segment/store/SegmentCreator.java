package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Creates a tenant's market segments: one transaction. The tenant's first create that this instance sees reads
/// the head before, which costs less than a guess that fails. When the page has turned, the transaction fails and
/// tells the count, and a second one makes the object for the page that it belongs to.
///
/// The transaction's token settles an answer that was lost: DynamoDB commits equal transactions with one token
/// once. After the token's ten minutes the object and the record settle it, which a further attempt finds and
/// recognises by the id.
///
/// Thread-safe.
public final class SegmentCreator {

    private final TenantTable table;
    private final IdempotencyTable idempotency;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final PageCache pageCache;

    private SegmentCreator(
            TenantTable table,
            IdempotencyTable idempotency,
            InstantSource clock,
            RandomGenerator random,
            PageCache pageCache) {
        this.table = table;
        this.idempotency = idempotency;
        this.clock = clock;
        this.random = random;
        this.pageCache = pageCache;
    }

    /// Opens a tenant's segments.
    public static Function<Tenant, SegmentCreator> forTenants(
            SegmentTable table, IdempotencyTable idempotency, InstantSource clock, RandomGenerator random) {
        var pageCache = new PageCache();
        return tenant -> new SegmentCreator(table.of(tenant), idempotency, clock, random, pageCache);
    }

    /// Creates a segment.
    ///
    /// @param name its name, if one is given
    /// @param requestId the id of the request, which the change event names
    /// @param request makes equal requests take effect once, if it carries an idempotency key
    public Creation create(NameChange name, String requestId, Optional<IdempotentRequest> request, Deadline deadline) {
        Tenant tenant = table.tenant();
        long page = pageCache.of(tenant).orElseGet(() -> pageOfHead(deadline));
        while (true) {
            // A new time for each page: an object of a later page must not look older than one of the page
            // before.
            SegmentId id = SegmentId.issue(tenant, new Position(page, Timestamp.now(clock)), random);
            var transaction = new CreateTransaction(table, idempotency, name, requestId, request, id);
            switch (transaction.commit(deadline)) {
                case CreateTransaction.Result.Settled(Creation creation) -> {
                    pageCache.remember(tenant, page);
                    return creation;
                }
                case CreateTransaction.Result.PageTurned(long created) ->
                    page = table.layout().pageOf(created);
            }
        }
    }

    private long pageOfHead(Deadline deadline) {
        return table.layout().pageOf(CounterItems.created(table.get(CounterItems.headKey(table.tenant()), deadline)));
    }
}
