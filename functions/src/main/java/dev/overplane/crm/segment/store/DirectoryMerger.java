package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.counting.Merge;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps a tenant's directory small, in three steps of which each is safe by itself:
///
/// 1. Within a group, neighbouring pages with few objects become one span: one write to one item.
/// 2. A group in which nothing is left is noted as dead. It can never come to life again, for no creation falls
///    into a page that has been filled, so it does not matter in which order a listing reads the note and the
///    group.
/// 3. The item of a group that was noted by an earlier run is deleted. Not of one noted by this run: a listing
///    that began before may have read the directory without the note.
final class DirectoryMerger {

    private final SegmentTable table;
    private final PageLayout layout;

    DirectoryMerger(SegmentTable table) {
        this.table = table;
        this.layout = table.layout();
    }

    int merge(Tenant tenant, Deadline deadline) {
        Directory directory = table.directory(tenant, deadline);
        int writes = 0;
        var dead = new ArrayList<>(directory.dead());
        for (Map.Entry<Long, List<Span>> entry : directory.groups().entrySet()) {
            long group = entry.getKey();
            if (directory.isDead(layout, group)) {
                delete(tenant, group, deadline);
                writes++;
            } else {
                writes += mergeWithin(tenant, directory.created(), group, entry.getValue(), deadline);
                wholeIfDead(directory.created(), group, entry.getValue()).ifPresent(dead::add);
            }
        }
        for (SpanReplacement note : notes(tenant, directory.dead(), dead)) {
            writes += note.apply(table, deadline) ? 1 : 0;
        }
        return writes;
    }

    private int mergeWithin(Tenant tenant, long created, long group, List<Span> stored, Deadline deadline) {
        int writes = 0;
        for (Merge merge : Merge.plan(layout, created, group, stored)) {
            var replacement = new SpanReplacement(
                    Directory.groupKey(tenant, group), layout.firstPage(group), merge.merged(), merge.replaced());
            // If a delete, or another upkeep, came between, the next run will see what is to do then.
            writes += replacement.apply(table, deadline) ? 1 : 0;
        }
        return writes;
    }

    /// The group as one span, if it has been filled and all its objects are gone.
    private Optional<Span> wholeIfDead(long created, long group, List<Span> stored) {
        Span pages = Directory.pagesOf(layout, group);
        long capacity = layout.first(pages.to() + 1) - layout.first(pages.from());
        long deficit = stored.stream().mapToLong(Span::deficit).sum();
        return created >= layout.first(pages.to() + 1) && deficit == capacity
                ? Optional.of(new Span(pages.from(), pages.to(), deficit))
                : Optional.empty();
    }

    /// What to write so that the item of the dead says `wanted` instead of `noted`, with neighbours in one
    /// span.
    private static List<SpanReplacement> notes(Tenant tenant, List<Span> noted, List<Span> wanted) {
        var joined = new ArrayList<Span>();
        for (Span span :
                wanted.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
            if (!joined.isEmpty() && joined.getLast().to() + 1 == span.from()) {
                Span before = joined.removeLast();
                joined.add(new Span(before.from(), span.to(), before.deficit() + span.deficit()));
            } else {
                joined.add(span);
            }
        }
        return joined.stream()
                .filter(span -> !noted.contains(span))
                .map(span -> new SpanReplacement(
                        Directory.deadKey(tenant),
                        0,
                        span,
                        noted.stream().filter(span::covers).toList()))
                .toList();
    }

    private void delete(Tenant tenant, long group, Deadline deadline) {
        table.dynamoDb()
                .call(
                        deadline,
                        (client, limits) -> client.deleteItem(delete -> delete.overrideConfiguration(limits)
                                .tableName(table.name())
                                .key(Directory.groupKey(tenant, group))));
    }
}
