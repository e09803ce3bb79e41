package dev.overplane.crm.segment.store;

import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.counting.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One span put in the place of others in one item of the directory, on condition that they are as they were
/// read. A single write to a single item, so no reader ever sees both or neither; what a delete adds meanwhile
/// either stays beside the new span or makes the condition fail.
///
/// @param key key of the item
/// @param firstPage the page from which the item counts
/// @param present the new span
/// @param replaced the old ones
record SpanReplacement(Map<String, AttributeValue> key, long firstPage, Span present, List<Span> replaced) {

    /// Writes it.
    ///
    /// @return whether the old spans were as they had been read; if not, nothing has been written
    boolean apply(SegmentTable table, Deadline deadline) {
        var names = new HashMap<String, String>();
        var values = new HashMap<String, AttributeValue>();
        String target = alias(present, names);
        values.put(":present", Attributes.number(present.deficit()));
        for (Span span : replaced) {
            values.put(value(span, names), Attributes.number(span.deficit()));
        }
        String removed = replaced.stream()
                .filter(span -> !samePages(span, present))
                .map(span -> alias(span, names))
                .collect(Collectors.joining(", "));
        return table.update(
                deadline,
                update -> update.key(key)
                        .updateExpression(
                                "SET " + target + " = :present" + (removed.isEmpty() ? "" : " REMOVE " + removed))
                        .conditionExpression(condition(target, names))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values));
    }

    private String condition(String target, Map<String, String> names) {
        Stream<String> unchanged = replaced.stream().map(span -> alias(span, names) + " = " + value(span, names));
        boolean targetIsNew = replaced.stream().noneMatch(span -> samePages(span, present));
        return Stream.concat(
                        unchanged, targetIsNew ? Stream.of("attribute_not_exists(" + target + ")") : Stream.empty())
                .collect(Collectors.joining(" AND "));
    }

    private String alias(Span span, Map<String, String> names) {
        String attribute = Directory.attribute(span, firstPage);
        String alias = "#s" + attribute.replace('-', '_');
        names.put(alias, attribute);
        return alias;
    }

    private String value(Span span, Map<String, String> names) {
        return alias(span, names).replace("#s", ":s");
    }

    private static boolean samePages(Span one, Span other) {
        return one.from() == other.from() && one.to() == other.to();
    }
}
