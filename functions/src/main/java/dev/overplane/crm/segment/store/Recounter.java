package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.counting.GroupChange;
import dev.overplane.crm.segment.counting.GroupCounter;
import dev.overplane.crm.segment.counting.PageCounts;
import dev.overplane.crm.segment.counting.PageLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Counts a tenant's objects and repairs its counters.
///
/// The ids sort by page, so the table itself, strongly consistent, tells how many objects a page has. A query
/// may show one half of a transaction before the other, so a difference is looked at again after a pause. It is
/// repaired only if neither the objects nor the counters of its page have changed by then, in a transaction
/// that fails if they change until it commits.
final class Recounter {

    /// Time for one page and for the second look at a difference.
    private static final Duration RESERVE = Duration.ofSeconds(8);

    /// An archiving may come between the readings of a group and its archive, but hardly so often in a row.
    private static final int READINGS = 5;

    private final SegmentTable segments;
    private final PageLayout layout;
    private final Runnable pause;

    /// @param pause what to do between the two looks
    Recounter(SegmentTable segments, Runnable pause) {
        this.segments = segments;
        this.layout = segments.layout();
        this.pause = pause;
    }

    Recount recount(Tenant tenant, long firstPage, Deadline deadline) {
        var run = new Run(segments.of(tenant), deadline);
        if (firstPage == 0) {
            run.raiseHead();
        }
        return run.recount(firstPage);
    }

    /// One recount of pages of one group.
    private final class Run {

        private final TenantTable table;
        private final Tenant tenant;
        private final Deadline deadline;
        private long checked;
        private long drifted;
        private long repaired;

        Run(TenantTable table, Deadline deadline) {
            this.table = table;
            this.tenant = table.tenant();
            this.deadline = deadline;
        }

        Recount recount(long firstPage) {
            long group = layout.groupOf(firstPage);
            PageCounts first = read(group);
            long pages = layout.pages(first.created());
            long end = Math.min(pages, layout.firstPage(group + 1));
            var objects = new TreeMap<Long, Long>();
            long page = firstPage;
            for (; page < end && deadline.remaining().compareTo(RESERVE) > 0; page++) {
                objects.put(page, count(page));
            }
            checked = objects.values().stream().mapToLong(Long::longValue).sum();
            if (first.isConsistent()) {
                objects.entrySet().removeIf(entry -> first.live(entry.getKey()) == entry.getValue());
                repair(first, objects);
            } else {
                rebuild(first, objects, firstPage == layout.firstPage(group) && page == end);
            }
            return new Recount(checked, drifted, repaired, page < pages ? OptionalLong.of(page) : OptionalLong.empty());
        }

        /// Repairs pages whose counters do not agree with their objects.
        private void repair(PageCounts first, Map<Long, Long> objects) {
            if (objects.isEmpty()) {
                return;
            }
            pause.run();
            objects.forEach((page, count) -> {
                PageCounts second = read(first.group().group());
                if (second.isConsistent() && agree(first, second, page) && count(page) == count) {
                    correct(second, Map.of(page, count));
                }
            });
        }

        /// Repairs a group whose item and archive do not belong together, from the objects of all its pages.
        private void rebuild(PageCounts first, Map<Long, Long> objects, boolean allCounted) {
            pause.run();
            PageCounts present = read(first.group().group());
            if (!present.equals(first)) {
                return;
            }
            if (!allCounted) {
                correct(present, Map.of());
                return;
            }
            // Part by part, as one change cannot take all pages. From the first on the two belong together.
            List<Long> pages = List.copyOf(objects.keySet());
            for (int i = 0; i < pages.size(); i += GroupChange.MOST_PAGES) {
                if (i > 0) {
                    present = read(first.group().group());
                    if (!present.isConsistent()) {
                        return;
                    }
                }
                var part = new TreeMap<Long, Long>();
                for (long page : pages.subList(i, Math.min(i + GroupChange.MOST_PAGES, pages.size()))) {
                    if (agree(first, present, page)) {
                        part.put(page, objects.get(page));
                    }
                }
                correct(present, part);
            }
        }

        private static boolean agree(PageCounts one, PageCounts other, long page) {
            return one.creations(page) == other.creations(page) && one.deletions(page) == other.deletions(page);
        }

        /// @param objects how many objects these pages have; none if that is not known
        private void correct(PageCounts wrong, Map<Long, Long> objects) {
            var deletions = new TreeMap<Long, Long>();
            objects.forEach((page, count) -> deletions.put(page, Math.max(0, wrong.creations(page) - count)));
            boolean done = !deletions.isEmpty()
                    && GroupTransaction.commit(
                            table,
                            wrong.corrected(deletions),
                            List.of(headStays(wrong.created(), deletions.lastKey())),
                            deadline);
            drifted(done, CounterItems.groupKey(tenant, wrong.group().group()));
        }

        /// Repairs a head that has lost creations: there are objects that it has not counted.
        private void raiseHead() {
            long created = created();
            long least = leastCreated();
            if (least <= created) {
                return;
            }
            pause.run();
            if (created() == created && leastCreated() == least) {
                boolean done = segments.update(
                        deadline,
                        update -> update.key(CounterItems.headKey(tenant))
                                .updateExpression("SET c = :least")
                                .conditionExpression("c = :read" + (created == 0 ? " OR attribute_not_exists(c)" : ""))
                                .expressionAttributeValues(Map.of(
                                        ":least", Attributes.number(least), ":read", Attributes.number(created))));
                drifted(done, CounterItems.headKey(tenant));
            }
        }

        /// How many creations the newest page proves.
        private long leastCreated() {
            Optional<Long> newest = newestPage();
            if (newest.isEmpty()) {
                return 0;
            }
            long page = newest.get();
            long proven = count(page) + read(layout.groupOf(page)).deletions(page);
            return layout.first(page) + Math.min(layout.pageSize(), proven);
        }

        private long created() {
            return CounterItems.created(table.get(CounterItems.headKey(tenant), deadline));
        }

        private PageCounts read(long group) {
            PageCounts pages;
            int readings = 0;
            do {
                long created = created();
                GroupCounter counter = table.group(group, deadline);
                pages = new PageCounts(layout, created, counter, table.archive(counter, deadline));
            } while (!pages.isConsistent() && ++readings < READINGS);
            return pages;
        }

        /// A page whose creations are complete stays so. To the newest one nothing may have been added.
        private TransactWriteItem headStays(long created, long page) {
            long end = layout.first(page + 1);
            return TransactWriteItem.builder()
                    .conditionCheck(check -> check.tableName(table.name())
                            .key(CounterItems.headKey(tenant))
                            .conditionExpression(created < end ? "c = :c" : "c >= :c")
                            .expressionAttributeValues(Map.of(":c", Attributes.number(created < end ? created : end))))
                    .build();
        }

        private Optional<Long> newestPage() {
            return segments
                    .query(deadline, 1, query -> ids(query, SegmentId.PREFIX).scanIndexForward(false))
                    .stream()
                    .flatMap(item -> id(item).stream())
                    .map(id -> id.position().page())
                    .findFirst();
        }

        /// How many objects a page has. Repairs those that contradict their ids on the way.
        private long count(long page) {
            var count = new LongAdder();
            segments.queryPages(
                    deadline,
                    query -> ids(query, SegmentId.pagePrefix(page)).filterExpression(SegmentItem.NO_TOMBSTONE),
                    response -> {
                        for (Map<String, AttributeValue> item : response.items()) {
                            id(item).ifPresent(id -> {
                                count.increment();
                                if (SegmentItem.contradicts(item, tenant, id)) {
                                    settle(id);
                                }
                            });
                        }
                        return false;
                    });
            return count.sum();
        }

        /// Finds objects and tombstones.
        private QueryRequest.Builder ids(QueryRequest.Builder query, String prefix) {
            // The last is later than every digit of an id.
            return table.range(query, prefix, prefix + "~").projectionExpression("tenant, id, page, created_at");
        }

        /// The id of an object of this tenant; empty for a foreign item.
        private Optional<SegmentId> id(Map<String, AttributeValue> item) {
            Optional<SegmentId> id = SegmentId.parse(SegmentTable.idOf(item)).filter(given -> given.issuedTo(tenant));
            if (id.isEmpty()) {
                ForeignItems.report(item, SegmentTable.ID);
            }
            return id;
        }

        /// Gives an object the page and the time that its id tells.
        private void settle(SegmentId id) {
            Map<String, AttributeValue> key = SegmentItem.indexKey(tenant, id);
            boolean done = segments.update(
                    deadline,
                    update -> update.key(SegmentItem.key(tenant, id))
                            .updateExpression("SET page = :page, created_at = :created_at")
                            .conditionExpression(SegmentItem.EXISTS)
                            .expressionAttributeValues(Map.of(
                                    ":page", key.get(SegmentItem.PAGE),
                                    ":created_at", key.get(SegmentItem.CREATED_AT))));
            drifted(done, key);
        }

        private void drifted(boolean done, Map<String, AttributeValue> item) {
            drifted++;
            repaired += done ? 1 : 0;
            Log.warn(
                    done ? "item_repaired" : "item_drifted",
                    fields -> fields.add("account", tenant.account().value())
                            .add("livemode", tenant.livemode())
                            .add("id", SegmentTable.idOf(item)));
        }
    }
}
