package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentUpkeepTest {

    /// Pages of 4, groups of 4 pages: 16 objects in a group.
    private static final PageLayout LAYOUT = new PageLayout(4, 100, 4);

    private static TestTables tables;

    private final SegmentTable table = tables.segments(LAYOUT);
    private final SegmentCreator creator =
            new SegmentCreator(table, tables.idempotency(), Clock.systemUTC(), new SecureRandom());
    private final SegmentDeleter deleter = new SegmentDeleter(table, tables.idempotency());
    private final SegmentLister lister = new SegmentLister(table);
    private final SegmentUpkeep upkeep = new SegmentUpkeep(table);
    private Tenant tenant;

    @BeforeAll
    static void start() {
        tables = new TestTables(DynamoDbServer.local());
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @BeforeEach
    void takeANewTenant() {
        tenant = new Tenant(
                new AccountId("acct_"
                        + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)),
                false);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.05, 0.5, 0.95})
    void a_merge_changes_no_listing(double survival) {
        var random = new Random(7);
        List<SegmentId> alive = create(100);
        for (SegmentId id : List.copyOf(alive)) {
            if (random.nextDouble() >= survival) {
                delete(alive, id);
            }
        }
        for (int run = 0; run < 3; run++) {
            upkeep.merge(tenant, soon());
            assertListed(alive);
            alive.addAll(create(5));
            delete(alive, alive.get(random.nextInt(alive.size())));
        }
        assertListed(alive);
    }

    @Test
    void after_a_merge_the_directory_is_as_small_as_what_is_left() {
        List<SegmentId> alive = create(160);
        for (SegmentId id : List.copyOf(alive.subList(0, 155))) {
            delete(alive, id);
        }
        assertEquals(10, directory().groups().size());
        upkeep.merge(tenant, soon());
        upkeep.merge(tenant, soon());
        Directory directory = directory();
        assertEquals(1, directory.groups().size());
        assertEquals(List.of(new Span(0, 35, 144)), directory.dead());
        assertListed(alive);
    }

    @Test
    void a_group_is_dropped_only_by_the_run_after_the_one_that_found_it_dead() {
        List<SegmentId> alive = create(20);
        for (SegmentId id : List.copyOf(alive.subList(0, 16))) {
            delete(alive, id);
        }
        upkeep.merge(tenant, soon());
        assertTrue(directory().isDead(LAYOUT, 0));
        assertTrue(directory().groups().containsKey(0L));
        upkeep.merge(tenant, soon());
        assertTrue(directory().isDead(LAYOUT, 0));
        assertFalse(directory().groups().containsKey(0L));
        assertListed(alive);
    }

    @Test
    void dead_groups_on_both_sides_of_a_living_one_are_noted_apart_until_it_dies_too() {
        List<SegmentId> alive = create(50);
        List<SegmentId> middle = List.copyOf(alive.subList(16, 32));
        for (SegmentId id : Stream.concat(alive.subList(0, 16).stream(), alive.subList(32, 48).stream())
                .toList()) {
            delete(alive, id);
        }
        upkeep.merge(tenant, soon());
        assertEquals(
                List.of(new Span(0, 3, 16), new Span(8, 11, 16)),
                directory().dead().stream()
                        .sorted((a, b) -> Long.compare(a.from(), b.from()))
                        .toList());
        middle.forEach(id -> delete(alive, id));
        upkeep.merge(tenant, soon());
        assertEquals(List.of(new Span(0, 11, 48)), directory().dead());
        assertListed(alive);
    }

    @Test
    void a_merge_with_nothing_to_do_writes_nothing() {
        assertEquals(0, upkeep.merge(tenant, soon()));
        List<SegmentId> alive = create(40);
        delete(alive, alive.get(3));
        upkeep.merge(tenant, soon());
        assertEquals(0, upkeep.merge(tenant, soon()));
    }

    @Test
    void spans_that_have_changed_since_they_were_read_are_not_replaced() {
        List<SegmentId> alive = create(40);
        alive.subList(0, 8).stream().toList().forEach(id -> delete(alive, id));
        var stale = new SpanReplacement(
                Directory.groupKey(tenant, 0), 0, new Span(0, 1, 7), List.of(Span.of(0, 3), Span.of(1, 4)));
        assertFalse(stale.apply(table, soon()));
        assertListed(alive);
    }

    @Test
    void a_recount_of_a_sound_tenant_repairs_nothing() {
        assertEquals(0, upkeep.recount(tenant, soon()));
        List<SegmentId> alive = create(70);
        alive.subList(3, 40).stream().toList().forEach(id -> delete(alive, id));
        assertEquals(0, upkeep.recount(tenant, soon()));
        upkeep.merge(tenant, soon());
        assertEquals(0, upkeep.recount(tenant, soon()));
        upkeep.merge(tenant, soon());
        assertEquals(0, upkeep.recount(tenant, soon()));
        assertListed(alive);
    }

    @Test
    void a_recount_mends_totals_after_objects_were_deleted_past_the_counters() {
        List<SegmentId> alive = create(70);
        for (SegmentId id : List.copyOf(alive.subList(10, 33))) {
            tables.client().deleteItem(delete -> delete.tableName(table.name()).key(SegmentItem.key(tenant, id)));
            alive.remove(id);
        }
        assertEquals(70, lister.list(tenant, 0, 1, soon()).total());
        assertTrue(upkeep.recount(tenant, soon()) > 0);
        assertListed(alive);
        assertEquals(0, upkeep.recount(tenant, soon()));
    }

    @Test
    void a_recount_mends_a_merged_run() {
        List<SegmentId> alive = create(70);
        alive.subList(0, 15).stream().toList().forEach(id -> delete(alive, id));
        upkeep.merge(tenant, soon());
        SegmentId last = alive.removeFirst();
        tables.client().deleteItem(delete -> delete.tableName(table.name()).key(SegmentItem.key(tenant, last)));
        assertEquals(1, upkeep.recount(tenant, soon()));
        assertListed(alive);
    }

    @Test
    void a_recount_mends_a_dead_group_into_which_something_was_put() {
        List<SegmentId> alive = create(40);
        SegmentId revenant = alive.getFirst();
        Map<String, AttributeValue> item = tables.client()
                .getItem(get -> get.tableName(table.name()).key(SegmentItem.key(tenant, revenant)))
                .item();
        alive.subList(0, 16).stream().toList().forEach(id -> delete(alive, id));
        upkeep.merge(tenant, soon());
        upkeep.merge(tenant, soon());
        tables.client().putItem(put -> put.tableName(table.name()).item(item));
        alive.addFirst(revenant);
        assertEquals(1, upkeep.recount(tenant, soon()));
        assertListed(alive);
    }

    @Test
    void a_recount_mends_deficits_that_were_changed() {
        List<SegmentId> alive = create(70);
        alive.subList(3, 40).stream().toList().forEach(id -> delete(alive, id));
        tables.client().deleteItem(delete -> delete.tableName(table.name()).key(Directory.groupKey(tenant, 0)));
        assertTrue(upkeep.recount(tenant, soon()) > 0);
        assertListed(alive);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 30, 69, 71, 90})
    void a_recount_mends_a_head_that_was_set(long created) {
        List<SegmentId> alive = create(70);
        alive.subList(3, 40).stream().toList().forEach(id -> delete(alive, id));
        var head = Map.of(
                "tenant",
                AttributeValue.fromS(tenant.partitionKey()),
                "id",
                AttributeValue.fromS("#"),
                "c",
                Attributes.number(created));
        tables.client().putItem(put -> put.tableName(table.name()).item(head));
        upkeep.recount(tenant, soon());
        assertListed(alive);
        alive.addAll(create(10));
        assertEquals(alive.size(), lister.list(tenant, 0, 1, soon()).total());
    }

    @Test
    void a_recount_mends_a_head_that_was_lost() {
        List<SegmentId> alive = create(70);
        tables.client().deleteItem(delete -> delete.tableName(table.name()).key(Directory.headKey(tenant)));
        assertTrue(upkeep.recount(tenant, soon()) > 0);
        assertListed(alive);
    }

    @Test
    void no_listing_is_wrong_for_a_moment_while_the_directory_is_merged() {
        List<SegmentId> alive = create(120);
        var done = new AtomicBoolean();
        var merging = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                upkeep.merge(tenant, soon());
            }
        });
        for (int i = 0; i < 100; i++) {
            delete(alive, alive.get((i * 7) % alive.size()));
            assertEquals(alive.size(), lister.list(tenant, 0, 1, soon()).total());
            assertEquals(
                    alive.getFirst(),
                    lister.list(tenant, alive.size() - 1, 1, soon())
                            .data()
                            .getFirst()
                            .id());
        }
        done.set(true);
        merging.join();
        assertListed(alive);
    }

    @Test
    void upkeep_beside_many_writers_loses_no_count() {
        var done = new AtomicBoolean();
        var keeping = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                upkeep.merge(tenant, soon());
                assertEquals(0, upkeep.recount(tenant, soon()), "repaired what was not broken");
            }
        });
        List<CompletableFuture<List<SegmentId>>> writers = IntStream.range(0, 8)
                .mapToObj(writer -> CompletableFuture.supplyAsync(
                        () -> {
                            var random = new Random(writer);
                            List<SegmentId> mine = new ArrayList<>();
                            for (int i = 0; i < 40; i++) {
                                mine.addAll(create(1));
                                if (random.nextInt(4) > 0) {
                                    delete(mine, mine.get(random.nextInt(mine.size())));
                                }
                            }
                            return mine;
                        },
                        Thread::startVirtualThread))
                .toList();
        List<SegmentId> alive = writers.stream()
                .flatMap(writer -> writer.join().stream())
                .sorted()
                .toList();
        done.set(true);
        keeping.join();
        assertListed(alive);
    }

    private List<SegmentId> create(int count) {
        var ids = new ArrayList<SegmentId>();
        for (int i = 0; i < count; i++) {
            Creation creation = creator.create(tenant, new NameChange.Unchanged(), Optional.empty(), soon());
            ids.add(assertInstanceOf(Creation.Created.class, creation)
                    .versioned()
                    .segment()
                    .id());
        }
        return ids;
    }

    private void delete(List<SegmentId> alive, SegmentId id) {
        assertEquals(
                DeleteOutcome.DELETED,
                deleter.delete(tenant, id, new Precondition.AnyVersion(), Optional.empty(), soon()));
        alive.remove(id);
    }

    /// Pages that overlap show what is left, given oldest first.
    private void assertListed(List<SegmentId> alive) {
        List<SegmentId> newestFirst = alive.reversed();
        for (int offset = 0; offset <= alive.size(); offset += 3) {
            Listing listing = lister.list(tenant, offset, 7, soon());
            assertEquals(
                    newestFirst.stream().skip(offset).limit(7).toList(),
                    listing.data().stream().map(MarketSegment::id).toList(),
                    "offset " + offset);
            assertEquals(alive.size(), listing.total());
        }
    }

    private Directory directory() {
        return table.directory(tenant, soon());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
