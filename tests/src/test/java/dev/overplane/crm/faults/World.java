package dev.overplane.crm.faults;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.IdempotencyKey;
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
import dev.overplane.crm.testing.TestStore;
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

/// A tenant written to by several machines, and a model of what it must then be like. Thread-safe.
final class World implements AutoCloseable {

    private static final int MACHINES = 4;
    private static final PageLayout SMALL = new PageLayout(4, 4);
    /// Long enough that nothing is given up, whatever else the computer does: what was given up, a model could
    /// not know.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FaultProxy proxy = FaultProxy.before(TestStore.url());
    private final Tenant tenant = new Tenant(new AccountId(Site.newAccount()), false);
    private final List<Machine> machines =
            IntStream.range(0, MACHINES).mapToObj(_ -> machine()).toList();
    private final Map<SegmentId, Known> known = new ConcurrentHashMap<>();
    private final List<SegmentId> ids = Collections.synchronizedList(new ArrayList<>());
    private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());

    private record Machine(
            SegmentCreator creator, SegmentUpdater updater, SegmentDeleter deleter, SegmentLister lister) {}

    /// What was acknowledged about an object.
    ///
    /// @param began when its create was asked for
    /// @param ended when its create was acknowledged
    /// @param updates updates acknowledged
    /// @param deletes deletes asked for
    /// @param deleted deletes acknowledged
    private record Known(long began, long ended, AtomicInteger updates, AtomicInteger deletes, AtomicInteger deleted) {}

    FaultProxy proxy() {
        return proxy;
    }

    private Machine machine() {
        var dynamoDb = new DynamoDb(DynamoDbClients.of(TestStore.environment(proxy.url())));
        var table = new SegmentTable(dynamoDb, TestStore.table("SEGMENTS_TABLE"), SMALL);
        var idempotency = new IdempotencyTable(TestStore.table("IDEMPOTENCY_TABLE"));
        Clock clock = Clock.systemUTC();
        var random = new SecureRandom();
        return new Machine(
                new SegmentCreator(table, idempotency, clock, random),
                new SegmentUpdater(table, clock, random),
                new SegmentDeleter(table),
                new SegmentLister(table));
    }

    /// One random write.
    void step(int thread, RandomGenerator random) {
        Machine machine = machines.get(thread % MACHINES);
        int dice = random.nextInt(10);
        if (ids.isEmpty() || dice < 5) {
            create(machine, random);
        } else if (dice < 7) {
            update(machine, anyId(random));
        } else {
            delete(machine, anyId(random));
        }
    }

    private SegmentId anyId(RandomGenerator random) {
        return ids.get(random.nextInt(ids.size()));
    }

    private void create(Machine machine, RandomGenerator random) {
        var key = random.nextBoolean()
                ? Optional.of(new IdempotencyKey(Long.toHexString(random.nextLong())))
                : Optional.<IdempotencyKey>empty();
        long began = System.nanoTime();
        Creation creation = machine.creator().create(tenant, new NameChange.Unchanged(), key, Deadline.in(PATIENCE));
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

    private void update(Machine machine, SegmentId id) {
        UpdateOutcome outcome = machine.updater()
                .update(
                        tenant,
                        id,
                        new NameChange.SetTo(new SegmentName("changed")),
                        new Precondition.AnyVersion(),
                        Deadline.in(PATIENCE));
        switch (outcome) {
            case UpdateOutcome.Updated _ -> of(id).updates().incrementAndGet();
            case UpdateOutcome.Missing() -> expectDeleted(id, "an update");
            case UpdateOutcome.Changed() -> surprises.add("an update without a condition was refused");
        }
    }

    private void delete(Machine machine, SegmentId id) {
        of(id).deletes().incrementAndGet();
        DeleteOutcome outcome =
                machine.deleter().delete(tenant, id, new Precondition.AnyVersion(), Deadline.in(PATIENCE));
        switch (outcome) {
            case DELETED -> of(id).deleted().incrementAndGet();
            case MISSING -> {}
            case CHANGED -> surprises.add("a delete without a condition was refused");
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
        Ground ground = Ground.of(tenant.account().value());
        known.forEach((id, object) -> check(violations, id.value(), object, ground));
        long live = known.values().stream()
                .filter(object -> object.deletes().get() == 0)
                .count();
        expect(violations, "objects", live, (long) ground.objects().size());
        expect(violations, "total", live, ground.total());
        checkOrder(violations, ground.index());
        checkPages(violations, ground);
        checkListing(violations, ground.index());
        return violations;
    }

    private static void check(List<String> violations, String id, Known object, Ground ground) {
        boolean there = object.deletes().get() == 0;
        expect(violations, "whether there is " + id, there, ground.has(id));
        expect(
                violations,
                "acknowledged deletes of " + id,
                there ? 0 : 1,
                object.deleted().get());
        // Not more exactly: an update that was overtaken by another one while its answer was lost is made once
        // more.
        if (there && ground.has(id) && ground.version(id) < 1 + object.updates().get()) {
            violations.add("an acknowledged update of " + id + " is lost");
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
    private void checkPages(List<String> violations, Ground ground) {
        Map<Long, Long> created = new ConcurrentHashMap<>();
        for (Map<String, AttributeValue> object : ground.objects().values()) {
            created.merge(Long.valueOf(object.get("page").n()), 1L, Long::sum);
        }
        ground.deletions(SMALL).forEach((page, deletions) -> created.merge(page, deletions, Long::sum));
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
            Listing page = machines.getFirst().lister().list(tenant, offset, limit, Deadline.in(PATIENCE));
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
