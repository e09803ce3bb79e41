package dev.overplane.crm.faults;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Fingerprint;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.IdempotencyTable;
import dev.overplane.crm.segment.store.SegmentCreator;
import dev.overplane.crm.segment.store.SegmentDeleter;
import dev.overplane.crm.segment.store.SegmentLister;
import dev.overplane.crm.segment.store.SegmentTable;
import dev.overplane.crm.segment.store.SegmentUpdater;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.TestTables;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant to which several instances of the functions write, and a model of what it must then be like.
///
/// Without idempotency keys an update that another one overtook while its answer was lost is made once more;
/// with them every object has exactly the changes that were acknowledged.
///
/// Thread-safe.
final class ConcurrentModel implements AutoCloseable {

    private static final int INSTANCES = 4;
    private static final PageLayout SMALL = new PageLayout(4, 4);
    /// Long enough that nothing is given up, whatever else the computer does: what was given up, a model could
    /// not know.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String REQUEST_ID = "request";

    private final boolean withKeys;
    private final FaultProxy proxy = FaultProxy.before(TestTables.shared().url());
    private final Tenant tenant = new Tenant(new AccountId(Fixture.newAccount()), false);
    private final List<Instance> instances =
            IntStream.range(0, INSTANCES).mapToObj(_ -> instance()).toList();
    private final Map<SegmentId, Known> known = new ConcurrentHashMap<>();
    private final List<SegmentId> ids = Collections.synchronizedList(new ArrayList<>());
    private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());

    private record Instance(
            SegmentCreator creator, SegmentUpdater updater, SegmentDeleter deleter, SegmentLister lister) {}

    /// What was acknowledged about an object.
    ///
    /// @param began when its create was asked for
    /// @param ended when its create was acknowledged
    /// @param updates updates acknowledged
    /// @param deletes deletes asked for
    /// @param deleted deletes acknowledged
    private record Known(long began, long ended, AtomicInteger updates, AtomicInteger deletes, AtomicInteger deleted) {}

    /// @param withKeys whether every write carries an idempotency key of its own
    ConcurrentModel(boolean withKeys) {
        this.withKeys = withKeys;
    }

    FaultProxy proxy() {
        return proxy;
    }

    private Instance instance() {
        var dynamoDb = new DynamoDb(DynamoDbClients.of(TestTables.environment(proxy.url())));
        var table = new SegmentTable(dynamoDb, TestTables.shared().name("SEGMENTS_TABLE"), SMALL);
        Clock clock = Clock.systemUTC();
        var idempotency = new IdempotencyTable(TestTables.shared().name("IDEMPOTENCY_TABLE"), clock);
        var random = new SecureRandom();
        return new Instance(
                SegmentCreator.forTenants(table, idempotency, clock, random).apply(tenant),
                SegmentUpdater.forTenants(table, idempotency, clock, random).apply(tenant),
                SegmentDeleter.forTenants(table, idempotency, clock).apply(tenant),
                SegmentLister.forTenants(table).apply(tenant));
    }

    /// One random write.
    void step(int thread, RandomGenerator random) {
        Instance instance = instances.get(thread % INSTANCES);
        int dice = random.nextInt(10);
        if (ids.isEmpty() || dice < 5) {
            create(instance, random);
        } else if (dice < 7) {
            update(instance, anyId(random), random);
        } else {
            delete(instance, anyId(random), random);
        }
    }

    private SegmentId anyId(RandomGenerator random) {
        return ids.get(random.nextInt(ids.size()));
    }

    private void create(Instance instance, RandomGenerator random) {
        long began = System.nanoTime();
        Creation creation = instance.creator()
                .create(new NameChange.Unchanged(), REQUEST_ID, request(random), Deadline.in(PATIENCE));
        if (creation instanceof Creation.Created(var versioned)) {
            SegmentId id = versioned.segment().id();
            known.put(
                    id,
                    new Known(began, System.nanoTime(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()));
            ids.add(id);
        } else {
            surprises.add("a create was answered with " + creation);
        }
    }

    private Optional<IdempotentRequest> request(RandomGenerator random) {
        String key = Long.toHexString(random.nextLong());
        return withKeys
                ? Optional.of(new IdempotentRequest(new IdempotencyKey(key), Fingerprint.of(key)))
                : Optional.empty();
    }

    private void update(Instance instance, SegmentId id, RandomGenerator random) {
        UpdateOutcome outcome = instance.updater()
                .update(
                        id,
                        new NameChange.SetTo(new SegmentName("changed")),
                        new Precondition.AnyVersion(),
                        REQUEST_ID,
                        request(random),
                        Deadline.in(PATIENCE));
        switch (outcome) {
            // A replay is of its own, that of an attempt whose answer was lost.
            case UpdateOutcome.Updated _, UpdateOutcome.Replayed _ ->
                of(id).updates().incrementAndGet();
            case UpdateOutcome.Missing() -> expectDeleted(id, "an update");
            case UpdateOutcome.Changed _, UpdateOutcome.KeyReused _, UpdateOutcome.KeyInUse _ ->
                surprises.add("an update was answered with " + outcome);
        }
    }

    private void delete(Instance instance, SegmentId id, RandomGenerator random) {
        of(id).deletes().incrementAndGet();
        DeleteOutcome outcome = instance.deleter()
                .delete(id, new Precondition.AnyVersion(), REQUEST_ID, request(random), Deadline.in(PATIENCE));
        switch (outcome) {
            case DELETED, REPLAYED -> of(id).deleted().incrementAndGet();
            case MISSING -> {}
            case CHANGED, KEY_REUSED, KEY_IN_USE -> surprises.add("a delete was answered with " + outcome);
        }
    }

    private void expectDeleted(SegmentId id, String who) {
        if (of(id).deletes().get() == 0) {
            surprises.add(who + " did not find " + id);
        }
    }

    private Known of(SegmentId id) {
        return Objects.requireNonNull(known.get(id));
    }

    /// In what the tenant differs from what was acknowledged.
    List<String> violations() {
        var violations = new ArrayList<>(surprises);
        StoredState stored = StoredState.of(tenant.account().value());
        known.forEach((id, object) -> check(violations, id.value(), object, stored));
        long live = known.values().stream()
                .filter(object -> object.deletes().get() == 0)
                .count();
        expect(violations, "objects", live, (long) stored.objects().size());
        expect(violations, "total", live, stored.total());
        checkOrder(violations, stored.index());
        checkPages(violations, stored);
        checkListing(violations, stored.index());
        return violations;
    }

    private void check(List<String> violations, String id, Known object, StoredState stored) {
        boolean there = object.deletes().get() == 0;
        expect(violations, "whether there is " + id, there, stored.has(id));
        expect(
                violations,
                "acknowledged deletes of " + id,
                there ? 0 : 1,
                object.deleted().get());
        if (there && stored.has(id)) {
            long updates = stored.version(id) - 1;
            int acknowledged = object.updates().get();
            if (updates < acknowledged || (withKeys && updates > acknowledged)) {
                violations.add("%d updates of %s instead of %d".formatted(updates, id, acknowledged));
            }
        }
    }

    /// An object whose create was acknowledged before that of another one began is the older of the two.
    private void checkOrder(List<String> violations, List<String> newestFirst) {
        long earliestEnd = Long.MAX_VALUE;
        for (String id : newestFirst) {
            Known object = SegmentId.parse(id).map(known::get).orElse(null);
            if (object != null) {
                if (object.began() > earliestEnd) {
                    violations.add(id + " is listed as older than one that was there before it");
                }
                earliestEnd = Math.min(earliestEnd, object.ended());
            }
        }
    }

    /// Every page has had exactly the creations that belong to it.
    private void checkPages(List<String> violations, StoredState stored) {
        Map<Long, Long> created = new ConcurrentHashMap<>();
        for (Map<String, AttributeValue> object : stored.objects().values()) {
            created.merge(Long.valueOf(object.get("page").n()), 1L, Long::sum);
        }
        stored.deletions(SMALL).forEach((page, deletions) -> created.merge(page, deletions, Long::sum));
        long all = known.size();
        for (long page = 0; SMALL.first(page) < all; page++) {
            long wanted = Math.min(all, SMALL.first(page + 1)) - SMALL.first(page);
            expect(violations, "creations in page " + page, wanted, created.getOrDefault(page, 0L));
        }
    }

    /// Every page of the listing, wherever it begins, is that of the whole.
    private void checkListing(List<String> violations, List<String> newestFirst) {
        int limit = 7;
        for (int offset = 0; offset <= newestFirst.size(); offset += 3) {
            Listing page = instances.getFirst().lister().list(offset, limit, Deadline.in(PATIENCE));
            int end = Math.min(newestFirst.size(), offset + limit);
            expect(
                    violations,
                    "listing at " + offset,
                    newestFirst.subList(offset, end),
                    page.data().stream().map(segment -> segment.id().value()).toList());
            expect(violations, "has_more at " + offset, end < newestFirst.size(), page.hasMore());
            expect(violations, "total at " + offset, (long) newestFirst.size(), page.total());
        }
    }

    private static void expect(List<String> violations, String what, @Nullable Object wanted, @Nullable Object found) {
        if (!Objects.equals(wanted, found)) {
            violations.add(what + ": " + found + " instead of " + wanted);
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
