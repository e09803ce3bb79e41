package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.UpdateOutcome;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import dev.overplane.crm.segment.store.SegmentCreator;
import dev.overplane.crm.segment.store.SegmentDeleter;
import dev.overplane.crm.segment.store.SegmentReader;
import dev.overplane.crm.segment.store.SegmentUpdater;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Measures all operations but listings, on objects of the size that the listings are measured with.
final class OperationCosts {

    private static final NameChange NAME = new NameChange.SetTo(new SegmentName("n".repeat(219)));

    /// Its first page takes three more objects.
    static final Population YOUNG_TENANT = Costs.population(PageLayout.STANDARD.pageSize() - 3, Deleted.NONE, 347);

    private final Tenant tenant = YOUNG_TENANT.tenant();
    private final Store store;
    private final Random random = new Random(1);
    private final List<String> rows = new ArrayList<>();

    OperationCosts(Store store) {
        this.store = store;
    }

    List<String> rows() {
        SegmentCreator creator = creator();
        var reader = new SegmentReader(store.segments());
        var updater = new SegmentUpdater(store.segments(), InstantSource.system(), random);
        var deleter = new SegmentDeleter(store.segments());

        row("create, the first that a function sees of a tenant", () -> created(create(creator, Optional.empty())));
        SegmentId id = row("create", () -> created(create(creator, Optional.empty())));
        var key = Optional.of(new IdempotencyKey("an-idempotency-key"));
        row("create with an idempotency key", () -> created(create(creator, key)));
        row("the same again", () -> assertInstanceOf(Creation.Replayed.class, create(creator, key)));
        row("create, the page having turned", () -> created(create(creator, Optional.empty())));
        row("retrieve", () -> assertTrue(reader.retrieve(tenant, id, soon()).isPresent()));
        row(
                "update",
                () -> assertInstanceOf(
                        UpdateOutcome.Updated.class,
                        updater.update(tenant, id, NAME, new Precondition.AnyVersion(), soon())));
        row("delete", () -> delete(deleter, id, DeleteOutcome.DELETED));
        row("the same again", () -> delete(deleter, id, DeleteOutcome.MISSING));
        return rows;
    }

    private SegmentCreator creator() {
        return new SegmentCreator(store.segments(), store.idempotency(), InstantSource.system(), random);
    }

    private Creation create(SegmentCreator creator, Optional<IdempotencyKey> key) {
        return creator.create(tenant, NAME, key, soon());
    }

    private static SegmentId created(Creation creation) {
        return assertInstanceOf(Creation.Created.class, creation)
                .versioned()
                .segment()
                .id();
    }

    private DeleteOutcome delete(SegmentDeleter deleter, SegmentId id, DeleteOutcome expected) {
        DeleteOutcome outcome = deleter.delete(tenant, id, new Precondition.AnyVersion(), soon());
        assertEquals(expected, outcome);
        return outcome;
    }

    private void row(String operation, Runnable run) {
        row(operation, () -> {
            run.run();
            return operation;
        });
    }

    private <T> T row(String operation, Supplier<T> run) {
        Meter.Reading<T> reading = store.meter().measure(run);
        String units = Stream.of(units(reading.writeUnits(), "write"), units(reading.readUnits(), "read"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" + "));
        rows.add("| %s | %d | %s |".formatted(operation, reading.calls(), units));
        return reading.result();
    }

    private static String units(double units, String kind) {
        return units == 0 ? "" : Costs.units(units) + " " + kind;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
