package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.UpdateOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// A tenant on which everything is done twice: to the store, and to the model.
final class TenantUnderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Tenant tenant;
    private final Random random;
    private final SegmentCreator creator;
    private final SegmentUpdater updater;
    private final SegmentDeleter deleter;
    private final SegmentLister lister;
    private final SegmentUpkeep upkeep;
    private final ListingModel model = new ListingModel();

    TenantUnderTest(Tenant tenant, SegmentTable table, IdempotencyTable idempotency, Random random) {
        var ticks = new AtomicLong();
        InstantSource clock = () -> START.plus(Duration.ofNanos(1000 * ticks.incrementAndGet()));
        this.tenant = tenant;
        this.random = random;
        this.creator =
                SegmentCreator.forTenants(table, idempotency, clock, random).apply(tenant);
        this.updater =
                SegmentUpdater.forTenants(table, idempotency, clock, random).apply(tenant);
        this.deleter = SegmentDeleter.forTenants(table, idempotency, clock).apply(tenant);
        this.lister = SegmentLister.forTenants(table).apply(tenant);
        this.upkeep = new SegmentUpkeep(table);
    }

    int size() {
        return model.size();
    }

    /// Creates or deletes, so that the size tends to the given one, or updates, or archives.
    void doAnything(int wantedSize) {
        if (random.nextInt(64) == 0) {
            upkeep.archive(tenant, soon());
        } else if (size() > 0 && random.nextInt(8) == 0) {
            update();
        } else if (size() == 0 || random.nextInt(10) < (size() < wantedSize ? 8 : 2)) {
            create();
        } else {
            delete();
        }
    }

    void create() {
        Creation creation = creator.create(name(), "request", Optional.empty(), soon());
        model.created(
                assertInstanceOf(Creation.Created.class, creation).versioned().segment());
    }

    private void update() {
        UpdateOutcome outcome =
                updater.update(anyId(), name(), new Precondition.AnyVersion(), "request", Optional.empty(), soon());
        model.updated(assertInstanceOf(UpdateOutcome.Updated.class, outcome)
                .versioned()
                .segment());
    }

    private void delete() {
        SegmentId id = anyId();
        assertEquals(
                DeleteOutcome.DELETED,
                deleter.delete(id, new Precondition.AnyVersion(), "request", Optional.empty(), soon()));
        model.deleted(id);
    }

    /// Compares the listing at every offset, with each of the limits.
    void assertListsAsModel(int... limits) {
        for (int limit : limits) {
            IntStream.rangeClosed(0, size() + 2)
                    .parallel()
                    .forEach(offset -> assertEquals(
                            model.list(offset, limit),
                            lister.list(offset, limit, soon()),
                            () -> "offset %d, limit %d of %d".formatted(offset, limit, size())));
        }
    }

    /// Compares the listing at every offset, with every limit.
    void assertListsAsModelWithEveryLimit() {
        assertListsAsModel(IntStream.rangeClosed(1, size() + 2).toArray());
    }

    /// Compares the listing after each of the last `most` objects that ever were, with a small limit or one
    /// that takes in all.
    void assertListsAsModelAfterEveryObject(int most) {
        List<SegmentId> ids = new ArrayList<>(model.everCreated());
        for (SegmentId last : ids.subList(Math.max(0, ids.size() - most), ids.size())) {
            int limit = random.nextBoolean() ? 1 + random.nextInt(5) : size() + 1;
            assertEquals(model.listAfter(last, limit), lister.listAfter(last, limit, soon()), "after " + last);
        }
    }

    private SegmentId anyId() {
        // Old objects and new ones alike, in clusters now and then, so that some pages lose all they had.
        int rank = random.nextInt(3) == 0 ? random.nextInt(1 + size() / 4) : random.nextInt(size());
        return model.id(Math.min(rank, size() - 1));
    }

    private NameChange name() {
        return random.nextInt(5) == 0
                ? new NameChange.Unchanged()
                : new NameChange.SetTo(new SegmentName("Segment " + random.nextInt(1_000_000)));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
