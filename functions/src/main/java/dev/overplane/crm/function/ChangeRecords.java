package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decodes the records of the segments table's stream.
final class ChangeRecords {

    private ChangeRecords() {}

    /// The event of a record; empty if clients see no change, or if it is not about a market segment.
    ///
    /// @throws MalformedRecordException if the record cannot be understood
    static Optional<ChangeEvent> event(DynamodbStreamRecord entry) {
        StreamRecord record = required(entry.getDynamodb(), "dynamodb");
        Map<String, AttributeValue> keys = required(record.getKeys(), "Keys");
        String id = text(keys, "id", value -> value);
        if (!id.startsWith(SegmentId.PREFIX) || isTombstone(record.getOldImage())) {
            return Optional.empty();
        }
        Tenant tenant = text(keys, "tenant", key -> Tenant.parse(key).orElseThrow(IllegalArgumentException::new));
        Instant at = required(record.getApproximateCreationDateTime(), "ApproximateCreationDateTime")
                .toInstant();
        return switch (required(entry.getEventName(), "eventName")) {
            case "INSERT" -> Optional.of(ChangeEvent.created(at, tenant, after(record), requestId(record)));
            case "MODIFY" ->
                isTombstone(record.getNewImage())
                        ? Optional.of(ChangeEvent.deleted(at, tenant, before(record), requestId(record)))
                        : ChangeEvent.updated(at, tenant, before(record).segment(), after(record), requestId(record));
            // By something else than this code, which leaves a tombstone.
            case "REMOVE" -> Optional.of(ChangeEvent.deleted(at, tenant, before(record), Optional.empty()));
            default -> throw new MalformedRecordException("no known eventName");
        };
    }

    /// Whether an image is what a deletion leaves of an object, which DynamoDB removes later.
    private static boolean isTombstone(@Nullable Map<String, AttributeValue> image) {
        return image != null && image.containsKey("expires_at");
    }

    private static VersionedSegment before(StreamRecord record) {
        return segment(required(record.getOldImage(), "OldImage"));
    }

    private static VersionedSegment after(StreamRecord record) {
        return segment(required(record.getNewImage(), "NewImage"));
    }

    /// Objects that were last written before requests were noted have none.
    private static Optional<String> requestId(StreamRecord record) {
        return optionalText(required(record.getNewImage(), "NewImage"), "request_id", value -> value);
    }

    private static VersionedSegment segment(Map<String, AttributeValue> image) {
        return new VersionedSegment(
                new MarketSegment(
                        text(image, "id", SegmentId::new),
                        number(image, "created_at", Timestamp::new),
                        number(image, "updated_at", Timestamp::new),
                        optionalText(image, "market_segment", SegmentName::new)),
                number(image, "version", version -> version));
    }

    private static <T> Optional<T> optionalText(
            Map<String, AttributeValue> image, String attribute, Function<String, T> parse) {
        return image.containsKey(attribute) ? Optional.of(text(image, attribute, parse)) : Optional.empty();
    }

    private static <T> T text(Map<String, AttributeValue> image, String attribute, Function<String, T> parse) {
        return read(image, attribute, AttributeValue::getS, parse);
    }

    private static <T> T number(Map<String, AttributeValue> image, String attribute, Function<Long, T> parse) {
        return read(image, attribute, AttributeValue::getN, numeral -> parse.apply(Long.valueOf(numeral)));
    }

    private static <T> T read(
            Map<String, AttributeValue> image,
            String attribute,
            Function<AttributeValue, @Nullable String> value,
            Function<String, T> parse) {
        AttributeValue stored = required(image.get(attribute), attribute);
        try {
            return parse.apply(required(value.apply(stored), attribute));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("no valid " + attribute);
        }
    }

    private static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw new MalformedRecordException("no valid " + member);
        }
        return value;
    }
}
