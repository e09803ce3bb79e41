package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.TransactionCancellation;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The transaction of a [GroupChange]: the group's item, on condition that [GroupChange#isAllowedOn] holds, and
/// the archive.
final class GroupTransaction {

    private GroupTransaction() {}

    /// Commits a change.
    ///
    /// @param checks conditions on other items
    /// @return whether the conditions held; if not, nothing has been written
    static boolean commit(TenantTable table, GroupChange change, List<TransactWriteItem> checks, Deadline deadline) {
        List<TransactWriteItem> actions = Stream.concat(
                        Stream.of(group(table, change), archive(table, change)), checks.stream())
                .toList();
        try {
            table.dynamoDb()
                    .call(
                            deadline,
                            (client, limits) -> client.transactWriteItems(transaction ->
                                    transaction.overrideConfiguration(limits).transactItems(actions)));
            return true;
        } catch (TransactionCanceledException e) {
            if (TransactionCancellation.of(e).anyConditionFailed()) {
                return false;
            }
            throw e;
        }
    }

    private static TransactWriteItem group(TenantTable table, GroupChange change) {
        GroupCounter before = change.before();
        GroupCounter after = change.after();
        var names = new HashMap<String, String>();
        var removed = new ArrayList<String>();
        for (int index : before.unarchived().keySet()) {
            if (!after.unarchived().containsKey(index)) {
                names.put("#p" + index, CounterItems.page(index));
                removed.add("#p" + index);
            }
        }
        String update = "SET n = :n, a = :a" + (removed.isEmpty() ? "" : " REMOVE " + String.join(", ", removed));
        return TransactWriteItem.builder()
                .update(group -> {
                    group.tableName(table.name())
                            .key(CounterItems.groupKey(table.tenant(), before.group()))
                            .updateExpression(update)
                            .conditionExpression(is("n", before.deleted()) + " AND " + is("a", before.archived()))
                            .expressionAttributeValues(Map.of(
                                    ":n", Attributes.number(after.deleted()),
                                    ":a", Attributes.number(after.archived()),
                                    ":readn", Attributes.number(before.deleted()),
                                    ":reada", Attributes.number(before.archived())));
                    if (!names.isEmpty()) {
                        group.expressionAttributeNames(names);
                    }
                })
                .build();
    }

    /// An attribute that is absent counts for 0.
    private static String is(String attribute, long value) {
        String equal = attribute + " = :read" + attribute;
        return value == 0 ? "(attribute_not_exists(" + attribute + ") OR " + equal + ")" : equal;
    }

    private static TransactWriteItem archive(TenantTable table, GroupChange change) {
        return TransactWriteItem.builder()
                .update(archive -> archive.tableName(table.name())
                        .key(CounterItems.archiveKey(
                                table.tenant(), change.before().group()))
                        .updateExpression("SET d = :d")
                        .expressionAttributeValues(Map.of(":d", CounterItems.deletions(change.archive()))))
                .build();
    }
}
