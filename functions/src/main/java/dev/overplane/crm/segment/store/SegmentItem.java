package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Writes a market segment as an item of the segments table, and reads it back. Names are the contract's where
/// it has one, and short: every listing pays for their bytes.
///
/// The enhanced client's schema cannot do it: a listing reads from an index that lacks some attributes, and has
/// to tell a damaged item from a sound one.
final class SegmentItem {

    /// Ordinal of its page.
    static final String PAGE = "page";
    /// Microseconds since the epoch.
    static final String CREATED_AT = "created_at";
    /// Microseconds since the epoch.
    static final String UPDATED_AT = "updated_at";
    /// The name, absent if there is none.
    static final String MARKET_SEGMENT = "market_segment";
    /// How often the item has been written.
    static final String VERSION = "version";
    /// Random bytes of the update that wrote it last, by which that update recognises its own work.
    static final String WRITER = "writer";
    /// The id of the request that wrote it last. No listing reads it: the change event names it.
    static final String REQUEST_ID = "request_id";
    /// When DynamoDB may remove a tombstone, in seconds since the epoch. A tombstone is what a deletion leaves of
    /// an object: its key and the deletion's `request_id`, so that the change event can name it. Clients do not
    /// see it, and no index has it. No object has this attribute.
    static final String EXPIRES_AT = "expires_at";
    /// Index of a tenant's segments by page, `created_at` and id.
    static final String INDEX = "by_created_at";
    /// A filter, which may name no key: what was found is no tombstone.
    static final String NO_TOMBSTONE = "attribute_not_exists(expires_at)";
    /// A condition: there is an object, and not its tombstone.
    static final String EXISTS = "attribute_exists(id) AND " + NO_TOMBSTONE;

    /// Whoever asks who deleted an object has so long. DynamoDB itself takes days to remove what has expired.
    private static final Duration TOMBSTONE_LIFETIME = Duration.ofDays(1);

    private SegmentItem() {}

    static Map<String, AttributeValue> key(Tenant tenant, SegmentId id) {
        return SegmentTable.key(tenant, id.value());
    }

    /// The key of an object in the index, known from its id alone.
    static Map<String, AttributeValue> indexKey(Tenant tenant, SegmentId id) {
        var key = new HashMap<>(key(tenant, id));
        key.put(PAGE, Attributes.number(id.position().page()));
        key.put(CREATED_AT, Attributes.number(id.position().createdAt().micros()));
        return key;
    }

    /// The key in the index of an item that was found there, whatever it is.
    static Map<String, AttributeValue> indexKey(Map<String, AttributeValue> item) {
        return Map.of(
                SegmentTable.TENANT,
                item.get(SegmentTable.TENANT),
                SegmentTable.ID,
                item.get(SegmentTable.ID),
                PAGE,
                item.get(PAGE),
                CREATED_AT,
                item.get(CREATED_AT));
    }

    static Map<String, AttributeValue> of(Tenant tenant, VersionedSegment versioned) {
        MarketSegment segment = versioned.segment();
        var item = new HashMap<>(indexKey(tenant, segment.id()));
        item.put(UPDATED_AT, Attributes.number(segment.updatedAt().micros()));
        item.put(VERSION, Attributes.number(versioned.version()));
        segment.name().ifPresent(name -> item.put(MARKET_SEGMENT, AttributeValue.fromS(name.value())));
        return item;
    }

    /// Whether an item says another page or time than its id: it is not where the listing looks for it.
    static boolean contradicts(Map<String, AttributeValue> item, Tenant tenant, SegmentId id) {
        return !item.entrySet().containsAll(indexKey(tenant, id).entrySet());
    }

    /// What to append to an update's SET clause for the object to be changed by that request at that time, and to have
    /// that name, or none.
    ///
    /// @param values gets the values that the expression names, `:now` among them
    static String change(
            Timestamp now, String requestId, Optional<SegmentName> name, Map<String, AttributeValue> values) {
        values.put(":now", Attributes.number(now.micros()));
        values.put(":request", AttributeValue.fromS(requestId));
        name.ifPresent(text -> values.put(":name", AttributeValue.fromS(text.value())));
        return ", updated_at = :now, request_id = :request"
                + (name.isPresent() ? ", market_segment = :name" : " REMOVE market_segment");
    }

    /// An update's expression by which an object is deleted by that request at that time, and leaves its tombstone.
    ///
    /// @param values gets the values that the expression names
    static String deletion(Instant now, String requestId, Map<String, AttributeValue> values) {
        values.put(":request", AttributeValue.fromS(requestId));
        values.put(":expires_at", Attributes.number(now.plus(TOMBSTONE_LIFETIME).getEpochSecond()));
        return "SET request_id = :request, expires_at = :expires_at"
                + " REMOVE page, created_at, updated_at, market_segment, version, writer";
    }

    /// Whether an item, which may be empty, is an object, and no tombstone.
    static boolean isObject(Map<String, AttributeValue> item) {
        return !item.isEmpty() && !item.containsKey(EXPIRES_AT);
    }

    /// @throws CorruptItemException if the item is not a segment as this code writes it
    static VersionedSegment versioned(Map<String, AttributeValue> item) {
        return new VersionedSegment(segment(item), SegmentTable.reader(item).number(VERSION));
    }

    /// @throws CorruptItemException if the item is not a segment as this code writes it
    static MarketSegment segment(Map<String, AttributeValue> item) {
        ItemReader reader = SegmentTable.reader(item);
        SegmentId id = reader.text(SegmentTable.ID, SegmentId::new);
        Position position = id.position();
        if (reader.number(PAGE) != position.page()) {
            throw new CorruptItemException(id.value(), PAGE);
        }
        if (reader.number(CREATED_AT) != position.createdAt().micros()) {
            throw new CorruptItemException(id.value(), CREATED_AT);
        }
        return new MarketSegment(
                id,
                position.createdAt(),
                reader.number(UPDATED_AT, Timestamp::new),
                reader.has(MARKET_SEGMENT)
                        ? Optional.of(reader.text(MARKET_SEGMENT, SegmentName::new))
                        : Optional.empty());
    }
}
