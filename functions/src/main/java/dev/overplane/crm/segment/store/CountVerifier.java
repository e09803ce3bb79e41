package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Verifies the counters of tenants, slice by slice, and goes on where an earlier verification has ended. A
/// lease keeps two verifications of one tenant apart.
///
/// Thread-safe.
public final class CountVerifier {

    /// Shorter than the lease, and long enough for some thousand pages.
    private static final Duration SLICE = Duration.ofSeconds(40);

    /// What a slice must have at least to come forward.
    private static final Duration LEAST_SLICE = Duration.ofSeconds(15);

    private final SegmentUpkeep upkeep;
    private final Recounts recounts;
    private final VerificationItems items;
    private final RandomGenerator random;

    /// @param random tells verifications apart
    public CountVerifier(SegmentTable table, InstantSource clock, RandomGenerator random) {
        this(table, new SegmentUpkeep(table)::recount, clock, random);
    }

    CountVerifier(SegmentTable table, Recounts recounts, InstantSource clock, RandomGenerator random) {
        this.upkeep = new SegmentUpkeep(table);
        this.recounts = recounts;
        this.items = new VerificationItems(table, clock);
        this.random = random;
    }

    /// Recounts some pages, as [SegmentUpkeep#recount] does.
    @FunctionalInterface
    interface Recounts {
        Recount recount(Tenant tenant, long firstPage, Deadline deadline);
    }

    /// What a verification of a tenant has found.
    ///
    /// @param end how it ended
    /// @param checked objects that were counted
    /// @param drifted counters and objects that were wrong
    /// @param repaired how many of these are right now
    public record Verification(End end, long checked, long drifted, long repaired) {}

    /// How a verification ends.
    public enum End {
        /// All pages are verified.
        COMPLETE,
        /// The deadline came. The next verification goes on from there.
        OUT_OF_TIME,
        /// Another verification has the lease.
        LEASED
    }

    /// Verifies a tenant's counters, and archives what has grown.
    public Verification verify(Tenant tenant, Deadline deadline) {
        if (deadline.remaining().compareTo(LEAST_SLICE) < 0) {
            return new Verification(End.OUT_OF_TIME, 0, 0, 0);
        }
        String owner = Long.toHexString(random.nextLong());
        OptionalLong start = items.acquire(tenant, owner, deadline);
        if (start.isEmpty()) {
            return new Verification(End.LEASED, 0, 0, 0);
        }
        upkeep.archive(tenant, deadline);
        return verify(tenant, owner, start.getAsLong(), deadline);
    }

    private Verification verify(Tenant tenant, String owner, long start, Deadline deadline) {
        long checked = 0;
        long drifted = 0;
        long repaired = 0;
        long page = start;
        while (deadline.remaining().compareTo(LEAST_SLICE) >= 0) {
            Recount slice = recounts.recount(tenant, page, slice(deadline));
            checked += slice.checked();
            drifted += slice.drifted();
            repaired += slice.repaired();
            if (slice.next().isEmpty()) {
                items.finish(tenant, owner, deadline);
                return new Verification(End.COMPLETE, checked, drifted, repaired);
            }
            page = slice.next().getAsLong();
            if (!items.renew(tenant, owner, page, deadline)) {
                return new Verification(End.LEASED, checked, drifted, repaired);
            }
        }
        items.release(tenant, owner, page, deadline);
        return new Verification(End.OUT_OF_TIME, checked, drifted, repaired);
    }

    /// Leaves time to keep how far it has come.
    private static Deadline slice(Deadline deadline) {
        Duration rest = deadline.remaining().minusSeconds(3);
        return Deadline.in(rest.compareTo(SLICE) < 0 ? rest : SLICE);
    }

    /// Where the pass over all accounts goes on; empty for the beginning.
    public Optional<String> cursor(Deadline deadline) {
        return items.cursor(deadline);
    }

    /// Keeps where the pass over all accounts goes on.
    ///
    /// @param position empty for the beginning
    public void saveCursor(Optional<String> position, Deadline deadline) {
        items.saveCursor(position, deadline);
    }
}
