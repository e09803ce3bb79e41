package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.Base32;
import dev.overplane.crm.segment.counting.Ledger;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant's counters as they are stored, in the segments table beside its objects:
///
/// | id | attributes | |
/// | --- | --- | --- |
/// | `#` | `c` | the head: objects ever created |
/// | `#p` and the group in base 32 | `7` or `7-9`: deficit of page 7, or of pages 7 to 9, within the group | only
/// groups that have lost something |
/// | `#dead` | as above, with pages counted from 0 | pages of whole groups in which nothing is left; what their groups
/// say is ignored |
///
/// @param created objects ever created
/// @param groups spans by group
/// @param dead spans of dead groups
record Directory(long created, SortedMap<Long, List<Span>> groups, List<Span> dead) {

    /// What the ids of all these items begin with; no segment's id does.
    static final String PREFIX = "#";

    /// Beyond all of them. A range rather than `begins_with`, for which DynamoDB Local reads every item of the
    /// tenant.
    static final String LAST = PREFIX + "~";

    static final String HEAD = PREFIX;
    static final String CREATED = "c";
    private static final String GROUP_PREFIX = PREFIX + "p";
    private static final String DEAD = PREFIX + "dead";
    private static final int GROUP_DIGITS = 5;

    /// Reads the items; one that is none of these is told to somebody, and left out.
    ///
    /// @throws CorruptItemException if one is not as this code writes it
    static Directory of(PageLayout layout, Iterable<Map<String, AttributeValue>> items) {
        long created = 0;
        var groups = new TreeMap<Long, List<Span>>();
        List<Span> dead = List.of();
        for (Map<String, AttributeValue> item : items) {
            String id = SegmentTable.idOf(item);
            if (id.equals(HEAD)) {
                created = created(item);
            } else if (id.equals(DEAD)) {
                dead = spans(item, 0);
            } else if (id.startsWith(GROUP_PREFIX)) {
                long group = Base32.decode(id.substring(GROUP_PREFIX.length()));
                groups.put(group, spans(item, layout.firstPage(group)));
            } else {
                // Nothing that counts: somebody's note must not cost the tenant its listings.
                Log.error(
                        "corrupt_item", new CorruptItemException(id, SegmentTable.ID), fields -> fields.add("id", id));
            }
        }
        return new Directory(created, groups, dead);
    }

    /// Objects ever created, by the head; 0 if there is no head yet.
    static long created(Map<String, AttributeValue> head) {
        return head.isEmpty() ? 0 : SegmentTable.reader(head).number(CREATED);
    }

    /// The counters as one.
    Ledger ledger(PageLayout layout) {
        var spans = new ArrayList<>(dead);
        groups.forEach((group, ofGroup) -> {
            if (!isDead(layout, group)) {
                spans.addAll(ofGroup);
            }
        });
        return Ledger.of(layout, created, spans);
    }

    /// Whether the group is among those in which nothing is left.
    boolean isDead(PageLayout layout, long group) {
        return dead.stream().anyMatch(span -> span.covers(pagesOf(layout, group)));
    }

    /// The pages of a group, whatever they have lost.
    static Span pagesOf(PageLayout layout, long group) {
        return new Span(layout.firstPage(group), layout.lastPage(group), 0);
    }

    static Map<String, AttributeValue> headKey(Tenant tenant) {
        return SegmentTable.key(tenant, HEAD);
    }

    static Map<String, AttributeValue> groupKey(Tenant tenant, long group) {
        return SegmentTable.key(tenant, GROUP_PREFIX + Base32.encode(group, GROUP_DIGITS));
    }

    static Map<String, AttributeValue> deadKey(Tenant tenant) {
        return SegmentTable.key(tenant, DEAD);
    }

    /// The attribute that keeps the deficit of a span in an item whose pages count from `firstPage`.
    static String attribute(Span span, long firstPage) {
        long from = span.from() - firstPage;
        long to = span.to() - firstPage;
        return from == to ? Long.toString(from) : from + "-" + to;
    }

    private static List<Span> spans(Map<String, AttributeValue> item, long firstPage) {
        var spans = new ArrayList<Span>();
        for (String attribute : item.keySet()) {
            if (!attribute.equals(SegmentTable.TENANT) && !attribute.equals(SegmentTable.ID)) {
                spans.add(span(item, attribute, firstPage));
            }
        }
        return spans;
    }

    private static Span span(Map<String, AttributeValue> item, String attribute, long firstPage) {
        String[] pages = attribute.split("-", 2);
        try {
            return new Span(
                    firstPage + Long.parseLong(pages[0]),
                    firstPage + Long.parseLong(pages[pages.length - 1]),
                    SegmentTable.reader(item).number(attribute));
        } catch (NumberFormatException e) {
            throw new CorruptItemException(SegmentTable.idOf(item), attribute);
        }
    }
}
