package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;

/// Keeps a tenant's counters small however much is deleted, and right even if something other than this code
/// has written to the table.
///
/// Safe beside creates, deletes and listings, and beside another upkeep: each write is conditional on what was
/// read, and one that comes too late is left to the next run.
///
/// Thread-safe.
public final class SegmentUpkeep {

    /// Longer than any transaction takes to become visible as a whole.
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final SegmentTable table;
    private final Recounter recounter;

    public SegmentUpkeep(SegmentTable table) {
        this(table, SegmentUpkeep::pause);
    }

    /// @param pause what to do between the two looks at a difference
    SegmentUpkeep(SegmentTable table, Runnable pause) {
        this.table = table;
        this.recounter = new Recounter(table, pause);
    }

    /// Archives the deletions of all groups. No listing shows a difference. Reads the counters once, and two
    /// items more for each group that has something to archive.
    ///
    /// @return how many archivings took place
    public int archive(Tenant tenant, Deadline deadline) {
        int archivings = 0;
        TenantTable segments = table.of(tenant);
        var archiver = new Archiver(segments);
        for (var group : segments.counters(deadline).groups()) {
            while (!group.unarchived().isEmpty() && archiver.archive(group.group(), 1, deadline)) {
                archivings++;
            }
        }
        return archivings;
    }

    /// Counts the objects of some pages and repairs what is wrong: counters that do not agree with the objects,
    /// and objects that contradict their ids. Ends at the end of a group of pages, and before the deadline: the
    /// caller goes on at [Recount#next]. Holds the ids of one page in memory.
    ///
    /// Reads about 1 unit for 11 objects of 356 bytes.
    ///
    /// @param firstPage the page to begin with, 0 at first
    public Recount recount(Tenant tenant, long firstPage, Deadline deadline) {
        return recounter.recount(tenant, firstPage, deadline);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
