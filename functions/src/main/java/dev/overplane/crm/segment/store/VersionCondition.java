package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.segment.Precondition;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A [Precondition] as a part of a DynamoDB condition. DynamoDB checks it as it writes, so nothing comes
/// between.
final class VersionCondition {

    /// No object has this version. DynamoDB's IN needs at least one value.
    private static final long NONE = 0;

    private VersionCondition() {}

    /// What to append to a condition that holds if the object exists.
    ///
    /// @param values gets the values that the expression names
    static String expression(Precondition precondition, Map<String, AttributeValue> values) {
        return switch (precondition) {
            case Precondition.AnyVersion() -> "";
            case Precondition.OneOf(Set<Long> versions) -> in(versions.isEmpty() ? Set.of(NONE) : versions, values);
        };
    }

    private static String in(Set<Long> versions, Map<String, AttributeValue> values) {
        var names = new ArrayList<String>();
        for (long version : versions) {
            String name = ":version" + names.size();
            names.add(name);
            values.put(name, Attributes.number(version));
        }
        return " AND " + SegmentItem.VERSION + " IN (" + String.join(", ", names) + ")";
    }
}
