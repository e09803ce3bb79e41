package dev.overplane.crm.segment.store;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The versions that an object may have for a write to go ahead; any, if nothing is said. DynamoDB checks it as
/// it writes, so nothing can come between.
///
/// @param versions the versions, none of which may match
record VersionCondition(Optional<Set<Long>> versions) {

    /// A condition to append to one that holds if the object exists, putting the values that it needs into
    /// `values`.
    String expression(Map<String, AttributeValue> values) {
        if (versions.isEmpty()) {
            return "";
        }
        var names = new ArrayList<String>();
        // A version that no object has stands for "none", since DynamoDB's IN wants at least one value.
        Set<Long> wanted = versions.get().isEmpty() ? Set.of(0L) : versions.get();
        wanted.forEach(version -> {
            String name = ":version" + names.size();
            names.add(name);
            values.put(name, SegmentItem.number(version));
        });
        return " AND " + SegmentItem.VERSION + " IN (" + String.join(", ", names) + ")";
    }

    boolean allows(long version) {
        return versions.isEmpty() || versions.get().contains(version);
    }
}
