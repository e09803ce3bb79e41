package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.VersionedSegment;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Retrieves market segments, always in their latest state. One call.
///
/// Thread-safe.
public final class SegmentReader {

    private final SegmentTable table;

    public SegmentReader(SegmentTable table) {
        this.table = table;
    }

    /// The tenant's segment of that id, if there is one.
    ///
    /// @throws CorruptItemException if what is stored is not a segment as this code writes it
    public Optional<VersionedSegment> retrieve(Tenant tenant, SegmentId id, Deadline deadline) {
        Map<String, AttributeValue> item = table.get(SegmentItem.key(tenant, id), deadline);
        return item.isEmpty() ? Optional.empty() : Optional.of(SegmentItem.versioned(item));
    }
}
