package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Fingerprint;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
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

    /// As long as API Gateway's.
    private static final String REQUEST_ID = "JKJaXmPLvHcESHA=";

    private static final NameChange NOTHING = new NameChange.Unchanged();

    /// Its first page takes three more objects.
    static final Population YOUNG_TENANT =
            Costs.population(PageLayout.STANDARD.pageSize() - 3, Deleted.NONE, Costs.ENTRY_BYTES);

    private final Tenant tenant = YOUNG_TENANT.tenant();
    private final Store store;
    private final Random random = new Random(1);
    private final List<String> rows = new ArrayList<>();

    OperationCosts(Store store) {
        this.store = store;
    }

    List<String> rows() {
        SegmentCreator creator = creator();
        var reader = SegmentReader.forTenants(store.segments()).apply(tenant);
        var updater = SegmentUpdater.forTenants(store.segments(), store.idempotency(), InstantSource.system(), random)
                .apply(tenant);
        var deleter = SegmentDeleter.forTenants(store.segments(), store.idempotency(), InstantSource.system())
                .apply(tenant);

        row("create, the first that a function sees of a tenant", () -> created(create(creator, Optional.empty())));
        SegmentId id = row("create", () -> created(create(creator, Optional.empty())));
        var key = Optional.of(request("create"));
        SegmentId other = row("create with an idempotency key", () -> created(create(creator, key)));
        row("the same again", () -> assertInstanceOf(Creation.Replayed.class, create(creator, key)));
        row("create, the page having turned", () -> created(create(creator, Optional.empty())));
        row("retrieve", () -> assertTrue(reader.retrieve(id, soon()).isPresent()));
        row("update", () -> update(updater, id, NAME, Optional.empty(), UpdateOutcome.Updated.class));
        var change = Optional.of(request("update"));
        row("update with an idempotency key", () -> update(updater, id, NAME, change, UpdateOutcome.Updated.class));
        row("the same again", () -> update(updater, id, NAME, change, UpdateOutcome.Replayed.class));
        row(
                "update that changes nothing",
                () -> update(updater, id, NOTHING, Optional.empty(), UpdateOutcome.Updated.class));
        row(
                "update that changes nothing, with an idempotency key",
                () -> update(updater, id, NOTHING, Optional.of(request("nothing")), UpdateOutcome.Updated.class));
        row("delete", () -> delete(deleter, id, Optional.empty(), DeleteOutcome.DELETED));
        row("the same again", () -> delete(deleter, id, Optional.empty(), DeleteOutcome.MISSING));
        var deletion = Optional.of(request("delete"));
        row("delete with an idempotency key", () -> delete(deleter, other, deletion, DeleteOutcome.DELETED));
        row("the same again", () -> delete(deleter, other, deletion, DeleteOutcome.REPLAYED));
        return rows;
    }

    private SegmentCreator creator() {
        return SegmentCreator.forTenants(store.segments(), store.idempotency(), InstantSource.system(), random)
                .apply(tenant);
    }

    private Creation create(SegmentCreator creator, Optional<IdempotentRequest> request) {
        return creator.create(NAME, REQUEST_ID, request, soon());
    }

    private static SegmentId created(Creation creation) {
        return assertInstanceOf(Creation.Created.class, creation)
                .versioned()
                .segment()
                .id();
    }

    private void update(
            SegmentUpdater updater,
            SegmentId id,
            NameChange name,
            Optional<IdempotentRequest> request,
            Class<? extends UpdateOutcome> expected) {
        assertInstanceOf(
                expected, updater.update(id, name, new Precondition.AnyVersion(), REQUEST_ID, request, soon()));
    }

    private void delete(
            SegmentDeleter deleter, SegmentId id, Optional<IdempotentRequest> request, DeleteOutcome expected) {
        assertEquals(expected, deleter.delete(id, new Precondition.AnyVersion(), REQUEST_ID, request, soon()));
    }

    /// A request with an idempotency key of its own.
    private static IdempotentRequest request(String what) {
        return new IdempotentRequest(new IdempotencyKey("an-idempotency-key-to-" + what), Fingerprint.of(what));
    }

    private void row(String operation, Runnable run) {
        row(operation, () -> {
            run.run();
            return operation;
        });
    }

    private <T> T row(String operation, Supplier<T> run) {
        Meter.Reading<T> reading = store.meter().measure(run);
        String units = Stream.of(kind(reading.readUnits(), "read"), kind(reading.writeUnits(), "write"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        rows.add("| %s | %d | %s |".formatted(operation, reading.calls(), units));
        return reading.result();
    }

    private static Optional<String> kind(double units, String kind) {
        return units == 0 ? Optional.empty() : Optional.of(Costs.units(units) + " " + kind);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
