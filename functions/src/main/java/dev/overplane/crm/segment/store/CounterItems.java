package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.Base32;
import dev.overplane.crm.segment.counting.Archive;
import dev.overplane.crm.segment.counting.Counters;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant's counters as items of the segments table, beside its objects:
///
/// | id | attribute | what |
/// | --- | --- | --- |
/// | `#` | `c` | the head: objects ever created |
/// | `#p` and a group | `n` | objects of the group ever deleted |
/// | | `a` | how many of them are archived |
/// | | `0`, `1`, … | the others, by page within the group |
/// | `archive#` and a group | `d` | archived deletions, by page within the group |
///
/// Every listing reads the head and the groups; only one whose offset lies inside a group reads its archive.
///
/// A group is three digits in base 32. Items and attributes of any other form are [ForeignItems] and skipped.
final class CounterItems {

    /// Id of the head, and what the ids of all items begin with that every listing reads.
    static final String HEAD = "#";
    /// Beyond all of them. A range rather than `begins_with`, for which DynamoDB Local reads every item of the
    /// tenant.
    static final String LAST = HEAD + "~";

    static final String CREATED = "c";
    static final String DELETED = "n";
    static final String ARCHIVED = "a";
    static final String DELETIONS = "d";

    private static final int GROUP_DIGITS = 3;
    private static final String GROUP_PREFIX = HEAD + "p";
    private static final String ARCHIVE_PREFIX = "archive#";
    private static final Pattern GROUP =
            Pattern.compile(GROUP_PREFIX + "[" + Base32.DIGITS + "]{" + GROUP_DIGITS + "}");
    private static final Pattern PAGE = Pattern.compile("0|[1-9][0-9]{0,8}");

    private CounterItems() {}

    /// Reads the items that every listing reads.
    ///
    /// @throws CorruptItemException if a sum is not a number
    static Counters counters(PageLayout layout, Iterable<Map<String, AttributeValue>> items) {
        long created = 0;
        var groups = new ArrayList<GroupCounter>();
        for (Map<String, AttributeValue> item : items) {
            String id = SegmentTable.idOf(item);
            if (id.equals(HEAD)) {
                created = created(item);
            } else if (GROUP.matcher(id).matches()) {
                groups.add(group(layout, Base32.decode(id.substring(GROUP_PREFIX.length())), item));
            } else {
                ForeignItems.report(item, SegmentTable.ID);
            }
        }
        return Counters.of(layout, created, groups);
    }

    /// Objects ever created, by the head; 0 if there is no head yet.
    ///
    /// @throws CorruptItemException if the head does not say it
    static long created(Map<String, AttributeValue> head) {
        return head.isEmpty() ? 0 : SegmentTable.reader(head).number(CREATED);
    }

    /// Reads a group's item, or none.
    ///
    /// @throws CorruptItemException if a sum is not a number
    static GroupCounter group(PageLayout layout, long group, Map<String, AttributeValue> item) {
        ItemReader reader = SegmentTable.reader(item);
        var unarchived = new TreeMap<Integer, Long>();
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            String name = attribute.getKey();
            switch (name) {
                case SegmentTable.TENANT, SegmentTable.ID, DELETED, ARCHIVED -> {}
                default -> {
                    if (isPage(layout, name) && attribute.getValue().n() != null) {
                        unarchived.put(Integer.valueOf(name), reader.number(name));
                    } else {
                        ForeignItems.report(item, name);
                    }
                }
            }
        }
        return new GroupCounter(group, sum(reader, DELETED), sum(reader, ARCHIVED), unarchived);
    }

    /// Reads a group's archive, or none.
    ///
    /// @throws CorruptItemException if it has no deletions
    static Archive archive(Map<String, AttributeValue> item) {
        return item.isEmpty() ? Archive.EMPTY : SegmentTable.reader(item).bytes(DELETIONS, Archive::of);
    }

    /// The item of the head.
    static Map<String, AttributeValue> head(Tenant tenant, long created) {
        var item = new HashMap<>(headKey(tenant));
        item.put(CREATED, Attributes.number(created));
        return item;
    }

    /// The item of a group.
    static Map<String, AttributeValue> group(Tenant tenant, GroupCounter group) {
        var item = new HashMap<>(groupKey(tenant, group.group()));
        item.put(DELETED, Attributes.number(group.deleted()));
        item.put(ARCHIVED, Attributes.number(group.archived()));
        group.unarchived().forEach((index, count) -> item.put(page(index), Attributes.number(count)));
        return item;
    }

    /// The item of an archive.
    static Map<String, AttributeValue> archive(Tenant tenant, long group, Archive archive) {
        var item = new HashMap<>(archiveKey(tenant, group));
        item.put(DELETIONS, deletions(archive));
        return item;
    }

    static AttributeValue deletions(Archive archive) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(archive.toBytes()));
    }

    static Map<String, AttributeValue> headKey(Tenant tenant) {
        return SegmentTable.key(tenant, HEAD);
    }

    static Map<String, AttributeValue> groupKey(Tenant tenant, long group) {
        return SegmentTable.key(tenant, GROUP_PREFIX + Base32.encode(group, GROUP_DIGITS));
    }

    static Map<String, AttributeValue> archiveKey(Tenant tenant, long group) {
        return SegmentTable.key(tenant, ARCHIVE_PREFIX + Base32.encode(group, GROUP_DIGITS));
    }

    /// The attribute of a page in its group's item.
    static String page(int index) {
        return Integer.toString(index);
    }

    private static boolean isPage(PageLayout layout, String attribute) {
        return PAGE.matcher(attribute).matches() && Integer.parseInt(attribute) < layout.groupPages();
    }

    private static long sum(ItemReader reader, String attribute) {
        return reader.has(attribute) ? reader.number(attribute) : 0;
    }
}
