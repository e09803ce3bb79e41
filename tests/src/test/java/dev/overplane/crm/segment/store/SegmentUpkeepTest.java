package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.DeleteOutcome;
import dev.overplane.crm.segment.Listing;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.Precondition;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.FaultProxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentUpkeepTest {

    /// Pages of 4, groups of 4 pages: 16 objects in a group.
    private static final PageLayout LAYOUT = new PageLayout(4, 4);

    /// Longer on demand: CONTRIBUTING.md has the command.
    private static final Duration WRITING = Duration.ofSeconds(Integer.getInteger("writingSeconds", 0));

    private static StoreTables tables;

    private final Tenant tenant = new Tenant(
            new AccountId(
                    "acct_" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)),
            false);
    private final SegmentTable table = tables.segments(LAYOUT);
    private final SegmentCreator creator = creator(table);
    private final SegmentDeleter deleter = deleter(table);
    private final SegmentLister lister = lister(table);
    private Runnable betweenLooks = () -> {};
    private final SegmentUpkeep upkeep = new SegmentUpkeep(table, () -> betweenLooks.run());

    @BeforeAll
    static void start() {
        tables = StoreTables.onDynamoDbLocal();
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    private SegmentCreator creator(SegmentTable table) {
        return SegmentCreator.forTenants(table, tables.idempotency(), Clock.systemUTC(), new SecureRandom())
                .apply(tenant);
    }

    private SegmentDeleter deleter(SegmentTable table) {
        return SegmentDeleter.forTenants(table, tables.idempotency(), Clock.systemUTC())
                .apply(tenant);
    }

    private SegmentLister lister(SegmentTable table) {
        return SegmentLister.forTenants(table).apply(tenant);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.05, 0.5, 0.95})
    void archiving_changes_no_listing(double survival) {
        var random = new Random(7);
        List<SegmentId> alive = create(100);
        for (SegmentId id : List.copyOf(alive)) {
            if (random.nextDouble() >= survival) {
                delete(alive, id);
            }
        }
        for (int run = 0; run < 3; run++) {
            assertTrue(upkeep.archive(tenant, soon()) > 0);
            assertListed(alive);
            alive.addAll(create(5));
            delete(alive, alive.get(random.nextInt(alive.size())));
        }
        assertListed(alive);
    }

    @Test
    void after_an_archiving_no_group_names_a_page() {
        List<SegmentId> alive = create(40);
        deleteAll(alive, alive.subList(2, 35));
        assertEquals(3, upkeep.archive(tenant, soon()));
        assertEquals(
                new GroupCounter(0, 14, 14, new TreeMap<>()), table.of(tenant).group(0, soon()));
        assertEquals(
                new GroupCounter(2, 3, 3, new TreeMap<>()), table.of(tenant).group(2, soon()));
        assertEquals(Archive.of(new byte[] {0, 2, 0, 4, 0, 4, 0, 4}), archive(table));
        assertListed(alive);
    }

    @Test
    void an_archiving_with_nothing_to_do_writes_nothing() {
        assertEquals(0, upkeep.archive(tenant, soon()));
        List<SegmentId> alive = create(40);
        assertEquals(0, upkeep.archive(tenant, soon()));
        delete(alive, alive.get(3));
        assertEquals(1, upkeep.archive(tenant, soon()));
        assertEquals(0, upkeep.archive(tenant, soon()));
    }

    @Test
    void an_archiving_reads_the_counters_once_and_no_group_that_has_nothing_to_archive() {
        List<SegmentId> alive = create(100);
        delete(alive, alive.get(3));
        try (var proxy = FaultProxy.before(tables.url())) {
            assertEquals(1, new SegmentUpkeep(tables.segments(LAYOUT, proxy.url())).archive(tenant, soon()));
            assertEquals(
                    List.of("Query", "GetItem", "TransactWriteItems", "GetItem"),
                    proxy.calls().stream().map(Call::label).toList());
        }
    }

    @Test
    void an_archiving_that_comes_too_late_writes_nothing() {
        List<SegmentId> alive = create(16);
        delete(alive, alive.getFirst());
        GroupChange beforeDelete = archiving();
        delete(alive, alive.getLast());
        assertFalse(commit(beforeDelete), "a delete came between");
        GroupChange beforeArchiving = archiving();
        assertEquals(1, upkeep.archive(tenant, soon()));
        assertFalse(commit(beforeArchiving), "an archiving came between");
        assertEquals(
                new GroupCounter(0, 2, 2, new TreeMap<>()), table.of(tenant).group(0, soon()));
        assertListed(alive);
    }

    private GroupChange archiving() {
        return GroupChange.archiving(table.of(tenant).group(0, soon()), archive(table))
                .orElseThrow();
    }

    private Archive archive(SegmentTable of) {
        var opened = of.of(tenant);
        return opened.archive(opened.group(0, soon()), soon());
    }

    private boolean commit(GroupChange change) {
        return GroupTransaction.commit(table.of(tenant), change, List.of(), soon());
    }

    @Test
    void a_group_emptied_late_leaves_nothing_but_its_sums() {
        List<SegmentId> alive = create(20);
        SegmentId last = alive.get(7);
        deleteAll(alive, List.of(alive.get(0), alive.get(3), alive.get(15)));
        upkeep.archive(tenant, soon());
        deleteAll(
                alive,
                alive.subList(0, 13).stream().filter(id -> !id.equals(last)).toList());
        upkeep.archive(tenant, soon());
        assertListed(alive);
        delete(alive, last);
        upkeep.archive(tenant, soon());
        assertEquals(
                new GroupCounter(0, 16, 16, new TreeMap<>()), table.of(tenant).group(0, soon()));
        assertListed(alive);
        alive.addAll(create(9));
        assertListed(alive);
    }

    /// One object a page, so that each delete names another page.
    @Test
    void deletes_archive_by_themselves_before_a_group_names_too_many_pages() {
        SegmentTable wide = tables.segments(new PageLayout(1, 1000));
        var wideDeleter = deleter(wide);
        var wideCreator = creator(wide);
        List<SegmentId> alive = IntStream.range(0, 180)
                .mapToObj(_ ->
                        created(wideCreator.create(new NameChange.Unchanged(), "request", Optional.empty(), soon())))
                .toList();
        int most = 0;
        for (SegmentId id : alive.reversed()) {
            assertEquals(
                    DeleteOutcome.DELETED,
                    wideDeleter.delete(id, new Precondition.AnyVersion(), "request", Optional.empty(), soon()));
            most = Math.max(most, wide.of(tenant).group(0, soon()).unarchived().size());
        }
        assertEquals(SegmentDeleter.PAGES_TO_ARCHIVE - 1, most);
        assertEquals(128, archive(wide).sum());
        assertEquals(0, lister(wide).list(0, 1, soon()).total());
    }

    @Test
    void an_archive_that_is_damaged_fails_no_delete() {
        SegmentTable wide = tables.segments(new PageLayout(1, 1000));
        for (int page = 0; page < 100; page++) {
            set(CounterItems.groupKey(tenant, 0), "n", page + 1);
            set(CounterItems.groupKey(tenant, 0), Integer.toString(page), 1);
        }
        set(CounterItems.groupKey(tenant, 0), "a", 1);
        set(CounterItems.archiveKey(tenant, 0), "d", 7);
        List<SegmentId> alive = create(8);
        var wideDeleter = deleter(wide);
        for (SegmentId id : alive) {
            assertEquals(
                    DeleteOutcome.DELETED,
                    wideDeleter.delete(id, new Precondition.AnyVersion(), "request", Optional.empty(), soon()));
        }
    }

    @Test
    void an_offset_inside_a_group_whose_archive_is_lost_is_refused_and_no_other_listing() {
        SegmentTable wide = tables.segments(new PageLayout(2, 1000));
        var wideLister = lister(wide);
        put(CounterItems.head(tenant, 40));
        put(CounterItems.group(tenant, new GroupCounter(0, 5, 5, new TreeMap<>())));
        assertEquals(35, wideLister.list(0, 1, soon()).total());
        assertEquals(35, wideLister.list(35, 1, soon()).total());
        assertThrows(CorruptItemException.class, () -> wideLister.list(17, 1, soon()));
    }

    static Stream<Arguments> foreignItems() {
        return Stream.of(
                foreign("#please", "text", AttributeValue.fromS("do not touch")),
                foreign("#please", "c", AttributeValue.fromN("7")),
                foreign("#pzzzzz", "0", AttributeValue.fromN("7")),
                foreign("#p00l", "n", AttributeValue.fromN("7")),
                foreign("#p0000", "n", AttributeValue.fromN("7")),
                foreign("##", "c", AttributeValue.fromN("7")));
    }

    private static Arguments foreign(String id, String attribute, AttributeValue value) {
        return Arguments.of(id, attribute, value);
    }

    @ParameterizedTest
    @MethodSource("foreignItems")
    void a_foreign_item_among_the_counters_is_skipped(String id, String attribute, AttributeValue value) {
        List<SegmentId> alive = create(20);
        deleteAll(alive, alive.subList(3, 9));
        var item = new HashMap<>(SegmentTable.key(tenant, id));
        item.put(attribute, value);
        put(item);
        assertListed(alive);
        upkeep.archive(tenant, soon());
        assertSound(alive);
    }

    static Stream<Arguments> foreignAttributes() {
        return Stream.of(
                Arguments.of("note", AttributeValue.fromS("do not touch")),
                Arguments.of("note", AttributeValue.fromN("3")),
                Arguments.of("7", AttributeValue.fromN("3")),
                Arguments.of("01", AttributeValue.fromN("3")),
                Arguments.of("-1", AttributeValue.fromN("3")),
                Arguments.of("3", AttributeValue.fromS("three")),
                Arguments.of("9999999999", AttributeValue.fromN("3")));
    }

    @ParameterizedTest
    @MethodSource("foreignAttributes")
    void a_foreign_attribute_of_a_counter_is_skipped_and_kept(String name, AttributeValue value) {
        List<SegmentId> alive = create(20);
        deleteAll(alive, alive.subList(0, 9));
        for (var key : List.of(CounterItems.groupKey(tenant, 0), CounterItems.headKey(tenant))) {
            set(key, name, value);
        }
        assertListed(alive);
        assertEquals(1, upkeep.archive(tenant, soon()));
        assertSound(alive);
        assertEquals(value, get(CounterItems.groupKey(tenant, 0)).get(name));
    }

    @Test
    void a_recount_of_a_sound_tenant_finds_nothing() {
        assertEquals(new Recount(0, 0, 0, OptionalLong.empty()), recount());
        List<SegmentId> alive = create(70);
        deleteAll(alive, alive.subList(3, 40));
        assertEquals(new Recount(33, 0, 0, OptionalLong.empty()), recount());
        upkeep.archive(tenant, soon());
        assertEquals(new Recount(33, 0, 0, OptionalLong.empty()), recount());
        assertListed(alive);
    }

    @Test
    void a_recount_goes_on_where_it_ended() {
        create(40);
        Recount first = upkeep.recount(tenant, 0, soon());
        assertEquals(new Recount(16, 0, 0, OptionalLong.of(4)), first);
        Recount second = upkeep.recount(tenant, 4, soon());
        assertEquals(new Recount(16, 0, 0, OptionalLong.of(8)), second);
        assertEquals(new Recount(8, 0, 0, OptionalLong.empty()), upkeep.recount(tenant, 8, soon()));
        assertEquals(new Recount(4, 0, 0, OptionalLong.of(4)), upkeep.recount(tenant, 3, soon()));
    }

    @Test
    void a_recount_without_time_checks_nothing_and_says_where_to_begin() {
        create(20);
        assertEquals(
                new Recount(0, 0, 0, OptionalLong.of(2)),
                upkeep.recount(tenant, 2, Deadline.in(Duration.ofSeconds(5))));
    }

    @Test
    void objects_deleted_past_the_counters_are_counted() {
        List<SegmentId> alive = create(70);
        deletePastTheCounters(alive, alive.subList(10, 33));
        assertEquals(70, lister.list(0, 1, soon()).total());
        Recount recount = recount();
        assertEquals(7, recount.drifted(), "pages");
        assertEquals(7, recount.repaired());
        assertSound(alive);
    }

    @Test
    void archived_counters_are_repaired_too() {
        List<SegmentId> alive = create(70);
        deleteAll(alive, alive.subList(0, 15));
        upkeep.archive(tenant, soon());
        deletePastTheCounters(alive, alive.subList(0, 1));
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    @Test
    void an_object_that_was_put_back_is_counted() {
        List<SegmentId> alive = create(40);
        SegmentId revenant = alive.getFirst();
        Map<String, AttributeValue> item = get(SegmentItem.key(tenant, revenant));
        deleteAll(alive, alive.subList(0, 16));
        upkeep.archive(tenant, soon());
        put(item);
        alive.addFirst(revenant);
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    static Stream<Arguments> lostCounters() {
        return Stream.of(
                Arguments.of("the group", true, false),
                Arguments.of("the archive", false, true),
                Arguments.of("both", true, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostCounters")
    void counters_that_were_lost_are_made_from_the_objects(String what, boolean group, boolean archive) {
        List<SegmentId> alive = create(70);
        deleteAll(alive, alive.subList(3, 20));
        upkeep.archive(tenant, soon());
        deleteAll(alive, alive.subList(4, 20));
        if (group) {
            remove(CounterItems.groupKey(tenant, 0));
        }
        if (archive) {
            remove(CounterItems.archiveKey(tenant, 0));
        }
        assertTrue(recount().repaired() > 0);
        assertSound(alive);
    }

    @Test
    void a_sum_that_was_changed_is_made_from_the_objects() {
        List<SegmentId> alive = create(30);
        deleteAll(alive, alive.subList(3, 20));
        set(CounterItems.groupKey(tenant, 0), "n", 3);
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 30, 69, 71, 90})
    void a_head_that_was_set_is_repaired(long created) {
        List<SegmentId> alive = create(70);
        deleteAll(alive, alive.subList(3, 40));
        put(CounterItems.head(tenant, created));
        assertTrue(recount().repaired() > 0);
        assertSound(alive);
        alive.addAll(create(10));
        assertSound(alive);
    }

    @Test
    void a_head_that_was_lost_is_repaired() {
        List<SegmentId> alive = create(70);
        remove(CounterItems.headKey(tenant));
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    @Test
    void a_head_that_was_lost_is_repaired_though_the_newest_objects_are_gone() {
        List<SegmentId> alive = create(70);
        deleteAll(alive, alive.subList(40, 70));
        remove(CounterItems.headKey(tenant));
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    static Stream<Consumer<Map<String, AttributeValue>>> contradictions() {
        return Stream.of(
                item -> item.remove(SegmentItem.PAGE),
                item -> item.remove(SegmentItem.CREATED_AT),
                item -> item.put(SegmentItem.PAGE, AttributeValue.fromN("7")),
                item -> item.put(SegmentItem.CREATED_AT, AttributeValue.fromN("7")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void an_object_that_contradicts_its_id_is_refused_until_a_recount_has_settled_it(
            Consumer<Map<String, AttributeValue>> contradict) {
        List<SegmentId> alive = create(20);
        SegmentId id = alive.get(5);
        var item = new HashMap<>(get(SegmentItem.key(tenant, id)));
        contradict.accept(item);
        put(item);
        var reader = SegmentReader.forTenants(table).apply(tenant);
        assertThrows(CorruptItemException.class, () -> reader.retrieve(id, soon()));
        assertFalse(lister.list(0, 100, soon()).data().stream()
                .anyMatch(segment -> segment.id().equals(id)));

        Recount recount = recount();
        assertEquals(1, recount.drifted());
        assertEquals(1, recount.repaired());
        assertEquals(id, reader.retrieve(id, soon()).orElseThrow().segment().id());
        assertSound(alive);
    }

    @Test
    void a_foreign_item_among_the_objects_counts_for_nothing() {
        List<SegmentId> alive = create(10);
        put(Map.of(
                "tenant", AttributeValue.fromS(tenant.partitionKey()),
                "id", AttributeValue.fromS(SegmentId.pagePrefix(1) + "x")));
        SegmentId foreign = SegmentId.issue(
                new Tenant(new AccountId("acct_other"), false), alive.get(5).position(), new Random(1));
        put(Map.of("tenant", AttributeValue.fromS(tenant.partitionKey()), "id", AttributeValue.fromS(foreign.value())));
        assertEquals(new Recount(10, 0, 0, OptionalLong.empty()), recount());
        assertListed(alive);
    }

    /// All at once, they would take more of an expression than DynamoDB takes.
    @Test
    void a_group_whose_archive_is_damaged_is_repaired_however_many_pages_it_names() {
        SegmentTable wide = tables.segments(new PageLayout(1, 1000));
        var pages = new TreeMap<Integer, Long>();
        IntStream.range(0, 900).forEach(page -> pages.put(page, 1L));
        put(CounterItems.head(tenant, 1000));
        put(CounterItems.group(tenant, new GroupCounter(0, 907, 7, pages)));
        var wideUpkeep = new SegmentUpkeep(wide, () -> {});

        Recount first = wideUpkeep.recount(tenant, 0, soon());

        assertEquals(4, first.drifted());
        assertEquals(4, first.repaired());
        assertEquals(0, lister(wide).list(0, 1, soon()).total());
        assertEquals(new Recount(0, 0, 0, OptionalLong.empty()), wideUpkeep.recount(tenant, 0, soon()));
    }

    /// What a query sees of a create whose object has become visible before its head.
    @Test
    void a_difference_that_passes_is_not_repaired() {
        List<SegmentId> alive = create(10);
        put(CounterItems.head(tenant, 9));
        betweenLooks = () -> put(CounterItems.head(tenant, 10));
        assertEquals(new Recount(10, 0, 0, OptionalLong.empty()), recount());
        assertSound(alive);
    }

    @Test
    void a_difference_in_a_page_that_changes_is_left_to_the_next_recount() {
        List<SegmentId> alive = create(10);
        deletePastTheCounters(alive, alive.subList(0, 1));
        betweenLooks = () -> delete(alive, alive.getFirst());
        assertEquals(0, recount().repaired());
        betweenLooks = () -> {};
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    @Test
    void a_difference_in_a_page_is_repaired_while_others_change() {
        List<SegmentId> alive = create(14);
        deletePastTheCounters(alive, alive.subList(0, 1));
        betweenLooks = () -> {
            delete(alive, alive.get(8));
            alive.addAll(create(3));
            upkeep.archive(tenant, soon());
        };
        assertEquals(1, recount().repaired());
        assertSound(alive);
    }

    @Test
    void no_listing_is_wrong_for_a_moment_while_two_upkeeps_run_at_once() {
        List<SegmentId> alive = create(120);
        var done = new AtomicBoolean();
        List<CompletableFuture<Void>> upkeeps = IntStream.range(0, 2)
                .mapToObj(_ -> CompletableFuture.runAsync(
                        () -> {
                            while (!done.get()) {
                                upkeep.archive(tenant, soon());
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        for (int i = 0; i < 100; i++) {
            delete(alive, alive.get((i * 7) % alive.size()));
            assertEquals(alive.size(), lister.list(0, 1, soon()).total());
            int middle = alive.size() / 2;
            Listing listing = lister.list(middle, 3, soon());
            assertEquals(alive.size(), listing.total());
            assertEquals(
                    alive.reversed().subList(middle, Math.min(middle + 3, alive.size())),
                    listing.data().stream().map(MarketSegment::id).toList());
        }
        done.set(true);
        upkeeps.forEach(CompletableFuture::join);
        assertSound(alive);
    }

    @Test
    void upkeep_beside_many_writers_loses_no_count() {
        var done = new AtomicBoolean();
        var keeping = CompletableFuture.runAsync(
                () -> {
                    while (!done.get()) {
                        upkeep.archive(tenant, soon());
                        assertEquals(0, recount().drifted(), "repaired what was not broken");
                    }
                },
                Thread::startVirtualThread);
        List<SegmentId> alive = write(8, 40, WRITING);
        done.set(true);
        keeping.join();
        assertSound(alive);
    }

    /// What is left of what so many writers create and delete at once, oldest first.
    ///
    /// @param atLeast how long they go on when they have made those steps
    private List<SegmentId> write(int writers, int steps, Duration atLeast) {
        long end = System.nanoTime() + atLeast.toNanos();
        return IntStream.range(0, writers)
                .mapToObj(writer -> CompletableFuture.supplyAsync(
                        () -> {
                            var random = new Random(writer);
                            List<SegmentId> mine = new ArrayList<>();
                            for (int i = 0; i < steps || System.nanoTime() < end; i++) {
                                mine.addAll(create(1));
                                if (random.nextInt(4) > 0) {
                                    delete(mine, mine.get(random.nextInt(mine.size())));
                                }
                            }
                            return mine;
                        },
                        Thread::startVirtualThread))
                .toList()
                .stream()
                .flatMap(writer -> writer.join().stream())
                .sorted()
                .toList();
    }

    /// All slices of a recount.
    private Recount recount() {
        var sum = new Recount(0, 0, 0, OptionalLong.of(0));
        while (sum.next().isPresent()) {
            Recount slice = upkeep.recount(tenant, sum.next().getAsLong(), soon());
            sum = new Recount(
                    sum.checked() + slice.checked(),
                    sum.drifted() + slice.drifted(),
                    sum.repaired() + slice.repaired(),
                    slice.next());
        }
        return sum;
    }

    private void assertSound(List<SegmentId> alive) {
        assertListed(alive);
        assertEquals(new Recount(alive.size(), 0, 0, OptionalLong.empty()), recount());
    }

    private void deleteAll(List<SegmentId> alive, List<SegmentId> gone) {
        List.copyOf(gone).forEach(id -> delete(alive, id));
    }

    private void deletePastTheCounters(List<SegmentId> alive, List<SegmentId> gone) {
        for (SegmentId id : List.copyOf(gone)) {
            remove(SegmentItem.key(tenant, id));
            alive.remove(id);
        }
    }

    private Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
        return tables.client()
                .getItem(get -> get.tableName(table.name()).key(key).consistentRead(true))
                .item();
    }

    private void put(Map<String, AttributeValue> item) {
        tables.client().putItem(put -> put.tableName(table.name()).item(item));
    }

    private void remove(Map<String, AttributeValue> key) {
        tables.client().deleteItem(delete -> delete.tableName(table.name()).key(key));
    }

    private void set(Map<String, AttributeValue> key, String attribute, long value) {
        set(key, attribute, AttributeValue.fromN(Long.toString(value)));
    }

    private void set(Map<String, AttributeValue> key, String attribute, AttributeValue value) {
        tables.client()
                .updateItem(update -> update.tableName(table.name())
                        .key(key)
                        .updateExpression("SET #name = :value")
                        .expressionAttributeNames(Map.of("#name", attribute))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    private List<SegmentId> create(int count) {
        var ids = new ArrayList<SegmentId>();
        for (int i = 0; i < count; i++) {
            ids.add(created(creator.create(new NameChange.Unchanged(), "request", Optional.empty(), soon())));
        }
        return ids;
    }

    private static SegmentId created(Creation creation) {
        return assertInstanceOf(Creation.Created.class, creation)
                .versioned()
                .segment()
                .id();
    }

    private void delete(List<SegmentId> alive, SegmentId id) {
        assertEquals(
                DeleteOutcome.DELETED,
                deleter.delete(id, new Precondition.AnyVersion(), "request", Optional.empty(), soon()));
        alive.remove(id);
    }

    /// Pages that overlap show what is left, given oldest first.
    private void assertListed(List<SegmentId> alive) {
        List<SegmentId> newestFirst = alive.reversed();
        for (int offset = 0; offset <= alive.size(); offset += 3) {
            Listing listing = lister.list(offset, 7, soon());
            assertEquals(
                    newestFirst.stream().skip(offset).limit(7).toList(),
                    listing.data().stream().map(MarketSegment::id).toList(),
                    "offset " + offset);
            assertEquals(alive.size(), listing.total());
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
