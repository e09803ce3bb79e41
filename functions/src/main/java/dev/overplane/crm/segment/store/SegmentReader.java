package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.VersionedSegment;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Retrieves a tenant's market segments, always in their latest state. One call.
///
/// Thread-safe.
public final class SegmentReader {

    private final TenantTable table;

    SegmentReader(TenantTable table) {
        this.table = table;
    }

    /// Opens a tenant's segments.
    public static Function<Tenant, SegmentReader> forTenants(SegmentTable table) {
        return tenant -> new SegmentReader(table.of(tenant));
    }

    /// The segment of that id, if there is one.
    ///
    /// @throws CorruptItemException if what is stored is not a segment as this code writes it
    public Optional<VersionedSegment> retrieve(SegmentId id, Deadline deadline) {
        Map<String, AttributeValue> item = table.get(SegmentItem.key(table.tenant(), id), deadline);
        return SegmentItem.isObject(item) ? Optional.of(SegmentItem.versioned(item)) : Optional.empty();
    }
}
