package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import java.util.List;
import java.util.Optional;

/// Keeps the items of a tenant's groups small by moving deletions by page to the archives.
///
/// Safe beside deletes, listings and other archivers: what comes too late writes nothing.
final class Archiver {

    private final TenantTable table;

    Archiver(TenantTable table) {
        this.table = table;
    }

    /// Archives the deletions of a group, if its item names that many pages or more.
    ///
    /// @return whether something has been archived
    boolean archive(long group, int leastPages, Deadline deadline) {
        GroupCounter counter = table.group(group, deadline);
        if (counter.unarchived().size() < leastPages) {
            return false;
        }
        Optional<GroupChange> change = GroupChange.archiving(counter, table.archive(counter, deadline));
        return change.isPresent() && GroupTransaction.commit(table, change.get(), List.of(), deadline);
    }
}
