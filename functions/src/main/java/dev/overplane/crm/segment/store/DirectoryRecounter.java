package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.Ledger;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Counts a tenant's objects and repairs its counters.
///
/// The ids sort by page, so the table itself, strongly consistent, tells how many objects a page has. One pass
/// finds the pages whose count is not what the counters say; most of these only changed while it ran. Each is
/// then looked at by itself: the counters are read, the objects counted, the counters read again. Counters
/// never fall and every create and delete moves one, so equal readings mean that nothing happened between, and
/// a count that differs then is wrong for good. The repair is conditional on those readings.
final class DirectoryRecounter {

    private final SegmentTable table;
    private final PageLayout layout;

    DirectoryRecounter(SegmentTable table) {
        this.table = table;
        this.layout = table.layout();
    }

    int recount(Tenant tenant, Deadline deadline) {
        SortedMap<Long, Long> counts = count(tenant, deadline);
        int repairs = raiseHead(tenant, counts, deadline);
        Ledger ledger = ledger(tenant, deadline);
        long last = layout.pageOf(ledger.created());
        Span unit;
        for (long page = 0; page <= last; page = unit.to() + 1) {
            unit = ledger.unitOf(page);
            long count = counts.subMap(unit.from(), unit.to() + 1).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            repairs += count == ledger.live(unit) ? 0 : repair(tenant, page, deadline);
        }
        return repairs;
    }

    /// How many objects each page has, pages without any left out.
    private SortedMap<Long, Long> count(Tenant tenant, Deadline deadline) {
        var counts = new TreeMap<Long, Long>();
        table.queryPages(
                deadline,
                query -> objects(query, tenant, SegmentId.PREFIX, SegmentId.PREFIX)
                        .projectionExpression("id"),
                response -> {
                    response.items()
                            .forEach(item -> SegmentId.parse(SegmentTable.idOf(item))
                                    .ifPresent(id -> counts.merge(id.position().page(), 1L, Long::sum)));
                    return false;
                });
        return counts;
    }

    /// How many objects the pages of a unit have.
    private long count(Tenant tenant, Span unit, Deadline deadline) {
        var count = new LongAdder();
        table.queryPages(
                deadline,
                query -> objects(query, tenant, SegmentId.pagePrefix(unit.from()), SegmentId.pagePrefix(unit.to()))
                        .select(Select.COUNT),
                response -> {
                    count.add(response.count());
                    return false;
                });
        return count.sum();
    }

    private static QueryRequest.Builder objects(
            QueryRequest.Builder query, Tenant tenant, String firstPrefix, String lastPrefix) {
        return query.keyConditionExpression("tenant = :tenant AND id BETWEEN :first AND :last")
                .expressionAttributeValues(Map.of(
                        ":tenant", AttributeValue.fromS(tenant.partitionKey()),
                        ":first", AttributeValue.fromS(firstPrefix),
                        // Later than every digit of an id.
                        ":last", AttributeValue.fromS(lastPrefix + "~")))
                .consistentRead(true);
    }

    /// Repairs a head that has lost creations: there are objects in pages that it says have not begun.
    private int raiseHead(Tenant tenant, SortedMap<Long, Long> counts, Deadline deadline) {
        Ledger ledger = ledger(tenant, deadline);
        long page = counts.isEmpty() ? 0 : counts.lastKey();
        if (page <= layout.pageOf(ledger.created())) {
            return 0;
        }
        long created = Math.min(
                layout.first(page)
                        + counts.getOrDefault(page, 0L)
                        + ledger.unitOf(page).deficit(),
                layout.first(page + 1));
        boolean done = table.update(
                deadline,
                update -> update.key(Directory.headKey(tenant))
                        .updateExpression("SET c = :created")
                        .conditionExpression("c = :read" + (ledger.created() == 0 ? " OR attribute_not_exists(c)" : ""))
                        .expressionAttributeValues(Map.of(
                                ":created", Attributes.number(created), ":read", Attributes.number(ledger.created()))));
        return done ? repaired(tenant, page, ledger.created(), created) : 0;
    }

    /// Repairs the deficit of one unit. Creates do not change a deficit, so only a delete can come between, and
    /// that moves what the write is conditional on.
    private int repair(Tenant tenant, long page, Deadline deadline) {
        Directory directory = table.directory(tenant, deadline);
        Ledger ledger = directory.ledger(layout);
        Span unit = ledger.unitOf(page);
        long count = count(tenant, unit, deadline);
        Ledger after = ledger(tenant, deadline);
        boolean quiet = after.unitOf(page).equals(unit) && after.creations(unit) == ledger.creations(unit);
        if (count == ledger.live(unit) || !quiet) {
            return 0;
        }
        long deficit = ledger.creations(unit) - count;
        return replacement(tenant, directory, unit, deficit).apply(table, deadline)
                ? repaired(tenant, page, unit.deficit(), deficit)
                : 0;
    }

    private SpanReplacement replacement(Tenant tenant, Directory directory, Span unit, long deficit) {
        var present = new Span(unit.from(), unit.to(), deficit);
        if (directory.dead().stream().anyMatch(span -> span.covers(unit))) {
            return new SpanReplacement(
                    Directory.deadKey(tenant),
                    0,
                    present,
                    directory.dead().stream().filter(unit::covers).toList());
        }
        long group = layout.groupOf(unit.from());
        List<Span> stored = directory.groups().getOrDefault(group, List.of());
        return new SpanReplacement(
                Directory.groupKey(tenant, group),
                layout.firstPage(group),
                present,
                stored.stream().filter(unit::covers).toList());
    }

    private Ledger ledger(Tenant tenant, Deadline deadline) {
        return table.directory(tenant, deadline).ledger(layout);
    }

    private static int repaired(Tenant tenant, long page, long was, long is) {
        Log.warn(
                "counter_repaired",
                fields -> fields.add("account", tenant.account().value())
                        .add("livemode", tenant.livemode())
                        .add("page", page)
                        .add("was", was)
                        .add("is", is));
        return 1;
    }
}
