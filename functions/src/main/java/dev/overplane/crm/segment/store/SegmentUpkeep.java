package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;

/// What a tenant's counters need now and then: that they stay small however much is created and deleted, and
/// that they are right even if something other than this code has written to the table.
///
/// Safe beside creates, deletes and listings, and beside another upkeep: each write is conditional on what was
/// read, and one that comes too late is left to the next run.
///
/// Thread-safe.
public final class SegmentUpkeep {

    private final DirectoryMerger merger;
    private final DirectoryRecounter recounter;

    public SegmentUpkeep(SegmentTable table) {
        merger = new DirectoryMerger(table);
        recounter = new DirectoryRecounter(table);
    }

    /// Counts neighbouring pages with few objects together, and drops the counters of pages that have none. No
    /// listing shows a difference. Reads the directory once; writes only what changes.
    ///
    /// @return how many writes changed something
    public int merge(Tenant tenant, Deadline deadline) {
        return merger.merge(tenant, deadline);
    }

    /// Counts every object and repairs the counters that are wrong. Reads the whole tenant, at about 1 read
    /// unit for 20 objects.
    ///
    /// @return how many counters were repaired; 0 means that all were right
    public int recount(Tenant tenant, Deadline deadline) {
        return recounter.recount(tenant, deadline);
    }
}
