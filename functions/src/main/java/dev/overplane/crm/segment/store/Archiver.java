package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import java.util.List;
import java.util.Optional;

/// Keeps the items of groups small by moving deletions by page to the archives.
///
/// Safe beside deletes, listings and other archivers: what comes too late writes nothing.
final class Archiver {

    private final SegmentTable table;

    Archiver(SegmentTable table) {
        this.table = table;
    }

    /// Archives the deletions of a group, if its item names that many pages or more.
    ///
    /// @return whether something has been archived
    boolean archive(Tenant tenant, long group, int leastPages, Deadline deadline) {
        GroupCounter counter = table.group(tenant, group, deadline);
        if (counter.unarchived().size() < leastPages) {
            return false;
        }
        Optional<GroupChange> change = GroupChange.archiving(counter, table.archive(tenant, counter, deadline));
        return change.isPresent() && GroupTransaction.commit(table, tenant, change.get(), List.of(), deadline);
    }
}
