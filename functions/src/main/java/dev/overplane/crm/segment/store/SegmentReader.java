package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.VersionedSegment;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/// Retrieves market segments, always in their latest state. One call.
///
/// Thread-safe.
public final class SegmentReader {

    private final SegmentTable table;

    public SegmentReader(SegmentTable table) {
        this.table = table;
    }

    /// The tenant's segment of that id, if there is one.
    public Optional<VersionedSegment> retrieve(Tenant tenant, SegmentId id, Deadline deadline) {
        GetItemResponse response = table.dynamoDb()
                .call(
                        deadline,
                        limits -> table.dynamoDb()
                                .client()
                                .getItem(get -> get.overrideConfiguration(limits)
                                        .tableName(table.name())
                                        .key(SegmentItem.key(tenant, id))
                                        .consistentRead(true)));
        return response.hasItem() ? Optional.of(SegmentItem.versioned(response.item())) : Optional.empty();
    }
}
