package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.store.CountVerifier.End;
import dev.overplane.crm.segment.store.CountVerifier.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class CountVerifierTest {

    /// Pages of 4, groups of 4 pages: 16 objects in a group, which a recount never exceeds.
    private static final PageLayout LAYOUT = new PageLayout(4, 4);

    private static final Instant NOON = Instant.parse("2024-01-15T12:00:00Z");
    private static int tenants;
    private static StoreTables tables;

    private Tenant tenant;
    private SegmentTable table;

    @BeforeAll
    static void start() {
        tables = StoreTables.onDynamoDbLocal();
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @BeforeEach
    void create_forty_objects() {
        tenant = new Tenant(new AccountId("acct_verified" + ++tenants), false);
        table = tables.segments(LAYOUT);
        var creator = SegmentCreator.forTenants(table, tables.idempotency(), Clock.systemUTC(), new Random(1))
                .apply(tenant);
        for (int i = 0; i < 40; i++) {
            creator.create(new NameChange.Unchanged(), "request", Optional.empty(), ample());
        }
    }

    @Test
    void a_verification_goes_through_all_groups_and_leaves_nothing() {
        assertEquals(new Verification(End.COMPLETE, 40, 0, 0), verifier(NOON).verify(tenant, ample()));
        assertEquals(new Verification(End.COMPLETE, 40, 0, 0), verifier(NOON).verify(tenant, ample()));
    }

    @Test
    void a_verification_that_was_killed_goes_on_where_it_was_once_its_lease_has_ended() {
        var upkeep = new SegmentUpkeep(table);
        var killed = new CountVerifier(
                table,
                (of, page, deadline) -> {
                    if (page == LAYOUT.firstPage(2)) {
                        throw new IllegalStateException("killed");
                    }
                    return upkeep.recount(of, page, deadline);
                },
                Clock.fixed(NOON, ZoneOffset.UTC),
                new Random(2));
        assertThrows(IllegalStateException.class, () -> killed.verify(tenant, ample()));
        assertEquals(End.LEASED, verifier(NOON).verify(tenant, ample()).end());
        assertEquals(
                new Verification(End.COMPLETE, 8, 0, 0),
                verifier(NOON.plus(VerificationItems.LEASE).plusSeconds(1)).verify(tenant, ample()));
    }

    @Test
    void a_verification_that_runs_out_of_time_goes_on_where_it_was_at_once() {
        var upkeep = new SegmentUpkeep(table);
        var slow = new CountVerifier(
                table,
                (of, page, deadline) -> {
                    assertEquals(0, page);
                    sleepUntilTheLastSeconds(deadline);
                    return upkeep.recount(of, page, ample());
                },
                Clock.fixed(NOON, ZoneOffset.UTC),
                new Random(3));
        assertEquals(
                new Verification(End.OUT_OF_TIME, 16, 0, 0),
                slow.verify(tenant, Deadline.in(Duration.ofMillis(15_900))));
        assertEquals(new Verification(End.COMPLETE, 24, 0, 0), verifier(NOON).verify(tenant, ample()));
    }

    private static void sleepUntilTheLastSeconds(Deadline deadline) {
        try {
            Thread.sleep(deadline.remaining().minusSeconds(11));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void without_time_nothing_is_begun() {
        assertEquals(
                new Verification(End.OUT_OF_TIME, 0, 0, 0),
                verifier(NOON).verify(tenant, Deadline.in(Duration.ofSeconds(14))));
        assertEquals(End.COMPLETE, verifier(NOON).verify(tenant, ample()).end());
    }

    @Test
    void a_verification_that_has_lost_its_lease_ends() {
        var upkeep = new SegmentUpkeep(table);
        var late = new VerificationItems(table, Clock.fixed(NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC));
        var slow = new CountVerifier(
                table,
                (of, page, deadline) -> {
                    late.acquire(of, "another", ample());
                    return upkeep.recount(of, page, deadline);
                },
                Clock.fixed(NOON, ZoneOffset.UTC),
                new Random(4));
        assertEquals(new Verification(End.LEASED, 16, 0, 0), slow.verify(tenant, ample()));
        late.finish(tenant, "another", ample());
        assertEquals(End.COMPLETE, verifier(NOON).verify(tenant, ample()).end());
    }

    @Test
    void the_place_in_the_pass_over_all_accounts_is_kept() {
        var verifier = verifier(NOON);
        verifier.saveCursor(Optional.of("somewhere"), ample());
        assertEquals(Optional.of("somewhere"), verifier.cursor(ample()));
        verifier.saveCursor(Optional.empty(), ample());
        assertEquals(Optional.empty(), verifier.cursor(ample()));
    }

    private CountVerifier verifier(Instant now) {
        return new CountVerifier(table, Clock.fixed(now, ZoneOffset.UTC), new Random(now.getEpochSecond()));
    }

    private static Deadline ample() {
        return Deadline.in(Duration.ofMinutes(5));
    }
}
