package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// The table of segments, opened for one tenant: no key and no query names the items of another.
///
/// Thread-safe.
record TenantTable(SegmentTable segments, Tenant tenant) {

    DynamoDb dynamoDb() {
        return segments.dynamoDb();
    }

    String name() {
        return segments.name();
    }

    PageLayout layout() {
        return segments.layout();
    }

    /// The item of that key, strongly consistent; empty if there is none.
    Map<String, AttributeValue> get(Map<String, AttributeValue> key, Deadline deadline) {
        return segments.get(key, deadline);
    }

    /// The tenant's counters, as they are now. One call: they are small and lie side by side.
    Counters counters(Deadline deadline) {
        return CounterItems.counters(
                layout(),
                segments.query(
                        deadline, Integer.MAX_VALUE, query -> range(query, CounterItems.HEAD, CounterItems.LAST)));
    }

    /// The counter of one group, as it is now.
    GroupCounter group(long group, Deadline deadline) {
        return CounterItems.group(layout(), group, get(CounterItems.groupKey(tenant, group), deadline));
    }

    /// The archive of a group, as it is now. No call if the group has archived nothing.
    ///
    /// @param group the group's counter, read before
    Archive archive(GroupCounter group, Deadline deadline) {
        return group.archived() == 0
                ? Archive.EMPTY
                : CounterItems.archive(get(CounterItems.archiveKey(tenant, group.group()), deadline));
    }

    /// Lets a query find the items of this tenant whose ids lie between those two, strongly consistent.
    QueryRequest.Builder range(QueryRequest.Builder query, String first, String last) {
        return where(
                        query,
                        " AND id BETWEEN :first AND :last",
                        Map.of(":first", AttributeValue.fromS(first), ":last", AttributeValue.fromS(last)))
                .consistentRead(true);
    }

    /// Lets a query find items of this tenant alone.
    ///
    /// @param condition what else their keys must satisfy, from `AND` on, or nothing
    /// @param values those that the condition names
    QueryRequest.Builder where(QueryRequest.Builder query, String condition, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        all.put(":tenant", SegmentTable.partition(tenant));
        return query.keyConditionExpression("tenant = :tenant" + condition).expressionAttributeValues(all);
    }
}
