package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.segment.counting.PageLayout;
import dev.overplane.crm.segment.counting.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant that has deleted most of what it created: what is left, and the counters that the deletions have
/// left behind, page by page.
///
/// @param population all that was ever created
/// @param creations numbers of those that are left
public record Survivors(Population population, SortedSet<Long> creations) {

    /// The items of the counters and of the objects that are left.
    public Stream<Map<String, AttributeValue>> items() {
        return Stream.concat(
                counters(), creations.stream().flatMap(creation -> population.items(creation, creation + 1)));
    }

    /// The ids of the objects that are left, newest first.
    public List<String> newestFirst() {
        return creations.stream()
                .map(creation -> population.id(creation).value())
                .toList()
                .reversed();
    }

    private Stream<Map<String, AttributeValue>> counters() {
        PageLayout layout = population.layout();
        var head = new HashMap<>(Directory.headKey(population.tenant()));
        head.put(Directory.CREATED, Attributes.number(population.created()));
        var groups = new HashMap<Long, Map<String, AttributeValue>>();
        for (long page = 0; layout.first(page) < population.created(); page++) {
            long end = Math.min(population.created(), layout.first(page + 1));
            long deficit = end
                    - layout.first(page)
                    - creations.subSet(layout.first(page), end).size();
            if (deficit > 0) {
                groups.computeIfAbsent(
                                layout.groupOf(page),
                                group -> new HashMap<>(Directory.groupKey(population.tenant(), group)))
                        .put(
                                Directory.attribute(Span.of(page, deficit), layout.firstPage(layout.groupOf(page))),
                                Attributes.number(deficit));
            }
        }
        return Stream.concat(Stream.of(head), groups.values().stream());
    }
}
