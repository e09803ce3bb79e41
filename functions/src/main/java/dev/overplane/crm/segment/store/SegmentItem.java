package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A market segment as an item of the segments table, and back. Names are the contract's where it has one, and
/// short, for every listing pays for their bytes.
///
/// Written by hand rather than with the enhanced client's schema: an item that something else has damaged must
/// be told from a sound one, attribute by attribute, and half of the readings come from an index that does not
/// have all attributes.
final class SegmentItem {

    /// Partition key: the tenant's key.
    static final String TENANT = "tenant";
    /// Sort key: the segment's id.
    static final String ID = "id";
    /// Ordinal of its page.
    static final String PAGE = "page";
    /// Microseconds since the epoch.
    static final String CREATED_AT = "created_at";
    /// Microseconds since the epoch.
    static final String UPDATED_AT = "updated_at";
    /// The text, absent if there is none.
    static final String MARKET_SEGMENT = "market_segment";
    /// How often the item has been written.
    static final String VERSION = "version";
    /// Which update wrote it last: random bytes by which that update knows its own work again.
    static final String WRITER = "writer";
    /// Index of a tenant's segments by page, `created_at` and id.
    static final String INDEX = "by_created_at";

    private static final AttributeValue ABSENT = AttributeValue.fromNul(true);

    private SegmentItem() {}

    static Map<String, AttributeValue> key(Tenant tenant, SegmentId id) {
        return key(tenant, id.value());
    }

    static Map<String, AttributeValue> key(Tenant tenant, String id) {
        return Map.of(TENANT, AttributeValue.fromS(tenant.partitionKey()), ID, AttributeValue.fromS(id));
    }

    /// The key of an object in the index, known from its id alone.
    static Map<String, AttributeValue> indexKey(Tenant tenant, SegmentId id) {
        var key = new HashMap<>(key(tenant, id));
        key.put(PAGE, number(id.position().page()));
        key.put(CREATED_AT, number(id.position().createdAt().micros()));
        return key;
    }

    /// The key in the index of an item that was found there, whatever it is.
    static Map<String, AttributeValue> indexKey(Map<String, AttributeValue> item) {
        return Map.of(
                TENANT, item.get(TENANT), ID, item.get(ID), PAGE, item.get(PAGE), CREATED_AT, item.get(CREATED_AT));
    }

    static Map<String, AttributeValue> of(Tenant tenant, VersionedSegment versioned) {
        MarketSegment segment = versioned.segment();
        var item = new HashMap<>(indexKey(tenant, segment.id()));
        item.put(UPDATED_AT, number(segment.updatedAt().micros()));
        item.put(VERSION, number(versioned.version()));
        segment.name().ifPresent(name -> item.put(MARKET_SEGMENT, AttributeValue.fromS(name.value())));
        return item;
    }

    /// @throws CorruptItemException if the item is not a segment as this code writes it
    static VersionedSegment versioned(Map<String, AttributeValue> item) {
        return new VersionedSegment(segment(item), numberAt(item, VERSION));
    }

    /// @throws CorruptItemException if the item is not a segment as this code writes it
    static MarketSegment segment(Map<String, AttributeValue> item) {
        SegmentId id =
                Optional.ofNullable(textAt(item, ID)).flatMap(SegmentId::parse).orElseThrow(() -> corrupt(item, ID));
        return new MarketSegment(id, timestampAt(item, CREATED_AT), timestampAt(item, UPDATED_AT), name(item));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /// The item's id for the logs, whatever the item is.
    static String idOf(Map<String, AttributeValue> item) {
        String id = textAt(item, ID);
        return id == null ? "?" : id;
    }

    /// @throws CorruptItemException if the attribute is not a number of 64 bits
    static long numberAt(Map<String, AttributeValue> item, String attribute) {
        return at(item, attribute, value -> Long.valueOf(numeral(value)));
    }

    private static Timestamp timestampAt(Map<String, AttributeValue> item, String attribute) {
        return at(item, attribute, value -> new Timestamp(Long.parseLong(numeral(value))));
    }

    private static Optional<SegmentName> name(Map<String, AttributeValue> item) {
        return item.containsKey(MARKET_SEGMENT)
                ? Optional.of(at(item, MARKET_SEGMENT, value -> new SegmentName(text(value))))
                : Optional.empty();
    }

    private static <T> T at(Map<String, AttributeValue> item, String attribute, Function<AttributeValue, T> read) {
        try {
            return read.apply(item.getOrDefault(attribute, ABSENT));
        } catch (IllegalArgumentException e) {
            throw corrupt(item, attribute);
        }
    }

    private static String numeral(AttributeValue value) {
        return value.n() == null ? "" : value.n();
    }

    private static String text(AttributeValue value) {
        return value.s() == null ? "" : value.s();
    }

    private static @Nullable String textAt(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    private static CorruptItemException corrupt(Map<String, AttributeValue> item, String attribute) {
        return new CorruptItemException(idOf(item), attribute);
    }
}
