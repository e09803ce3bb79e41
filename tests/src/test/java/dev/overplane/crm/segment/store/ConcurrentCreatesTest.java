package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.Fingerprint;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.testing.ConflictSimulator;
import dev.overplane.crm.testing.FaultProxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many creates at once, whose transactions conflict as on DynamoDB.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Isolated("Who else keeps the processor busy may undo a race.")
class ConcurrentCreatesTest {

    private static final int CREATES = 32;
    /// More than a request has: this computer does other things too. `ContentionTest` holds a request's own 3 s
    /// against a clock that does not.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static StoreTables tables;

    @BeforeAll
    static void start() {
        tables = StoreTables.onDynamoDbLocal();
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15, 25})
    void different_creates_at_once_make_as_many_objects(long millis) {
        var tenant = new Tenant(new AccountId("acct_different" + millis), false);
        List<Creation> creations = create(millis, tenant, _ -> Optional.empty());
        assertTrue(creations.stream().allMatch(Creation.Created.class::isInstance), creations::toString);
        assertEquals(CREATES, ids(creations).stream().distinct().count());
        assertEquals(CREATES, total(tenant));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15, 25})
    void equal_creates_at_once_make_one_object(long millis) {
        var tenant = new Tenant(new AccountId("acct_equal" + millis), false);
        List<Creation> creations = create(
                millis,
                tenant,
                _ -> Optional.of(
                        new IdempotentRequest(new IdempotencyKey("the-same-for-all"), Fingerprint.of("create"))));
        assertEquals(
                1, creations.stream().filter(Creation.Created.class::isInstance).count());
        assertEquals(
                CREATES - 1,
                creations.stream().filter(Creation.Replayed.class::isInstance).count());
        assertEquals(1, ids(creations).stream().distinct().count());
        assertEquals(1, total(tenant));
    }

    private List<Creation> create(long millis, Tenant tenant, IntFunction<Optional<IdempotentRequest>> request) {
        try (var proxy = FaultProxy.before(tables.url())) {
            var conflicts = new ConflictSimulator(Duration.ofMillis(millis));
            proxy.plan(conflicts);
            var creator = SegmentCreator.forTenants(
                            tables.segments(PageLayout.STANDARD, proxy.url()),
                            tables.idempotency(),
                            Clock.systemUTC(),
                            new SecureRandom())
                    .apply(tenant);
            List<Creation> creations = IntStream.range(0, CREATES)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> creator.create(
                                    new NameChange.Unchanged(), "request", request.apply(i), Deadline.in(PATIENCE)),
                            Thread::startVirtualThread))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertTrue(conflicts.conflicts() > 0, "they met");
            return creations;
        }
    }

    private static List<SegmentId> ids(List<Creation> creations) {
        return creations.stream()
                .map(creation -> switch (creation) {
                    case Creation.Created(var versioned) -> versioned.segment().id();
                    case Creation.Replayed(var versioned) -> versioned.segment().id();
                    case Creation.KeyReused _, Creation.KeyInUse _ -> throw new AssertionError(creation);
                })
                .toList();
    }

    private static long total(Tenant tenant) {
        return SegmentLister.forTenants(tables.segments(PageLayout.STANDARD))
                .apply(tenant)
                .list(0, 1, Deadline.in(PATIENCE))
                .total();
    }
}
