package dev.overplane.crm.segment.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Creation;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.PageLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How long a record of an idempotency key lives, by a clock that the test sets. DynamoDB Local deletes nothing
/// meanwhile.
class IdempotencyRecordTest {

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static TestTables tables;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final SegmentCreator creator =
            new SegmentCreator(tables.segments(PageLayout.STANDARD), tables.idempotency(), now::get, new Random(1));

    @BeforeAll
    static void start() {
        tables = new TestTables(DynamoDbServer.local());
    }

    @AfterAll
    static void stop() {
        tables.close();
    }

    @Test
    void answers_until_a_second_before_its_24_hours_are_over_and_no_longer() {
        SegmentId first = created(create());
        now.set(START.plus(LIFETIME).minusSeconds(1));
        assertEquals(first, replayed(create()));
        now.set(START.plus(LIFETIME));
        SegmentId second = created(create());
        assertNotEquals(first, second);
        assertEquals(second, replayed(create()), "the new record is in the place of the old");
    }

    private Creation create() {
        return creator.create(
                new Tenant(new AccountId("acct_records"), false),
                new NameChange.Unchanged(),
                Optional.of(new IdempotencyKey("k")),
                Deadline.in(Duration.ofSeconds(20)));
    }

    private static SegmentId created(Creation creation) {
        return assertInstanceOf(Creation.Created.class, creation)
                .versioned()
                .segment()
                .id();
    }

    private static SegmentId replayed(Creation creation) {
        return assertInstanceOf(Creation.Replayed.class, creation)
                .versioned()
                .segment()
                .id();
    }
}
