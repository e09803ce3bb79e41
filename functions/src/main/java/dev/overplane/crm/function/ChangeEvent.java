package dev.overplane.crm.function;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.eventbridge.BusEvent;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.segment.Base32;
import dev.overplane.crm.segment.MarketSegment;
import dev.overplane.crm.segment.SegmentName;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A change event as subscribers see it. Its id follows from the tenant, the object, the version and the kind
/// of the change, so it is the same however often a change is read from the stream.
///
/// @param type such as `market_segment.created`
/// @param createdAt when the change was committed: the time of its record, but never before `updated_at`
/// @param object the object after the change; before it, if it is a deletion
/// @param previous the object before an update
/// @param requestId the id of the request that made the change, if that is known
record ChangeEvent(
        Type type,
        Instant createdAt,
        Tenant tenant,
        VersionedSegment object,
        Optional<MarketSegment> previous,
        Optional<String> requestId) {

    private static final int DIGITS_OF_A_LONG = 13;

    ChangeEvent {
        // The time of a stream's record is approximate and rounded down, so it may lie before that of the change.
        Instant updatedAt = object.segment().updatedAt().toInstant();
        createdAt = createdAt.isBefore(updatedAt) ? updatedAt : createdAt;
    }

    enum Type {
        CREATED("market_segment.created"),
        UPDATED("market_segment.updated"),
        DELETED("market_segment.deleted");

        private final String value;

        Type(String value) {
            this.value = value;
        }

        /// The type on the wire.
        String value() {
            return value;
        }
    }

    static ChangeEvent created(Instant at, Tenant tenant, VersionedSegment object, Optional<String> requestId) {
        return new ChangeEvent(Type.CREATED, at, tenant, object, Optional.empty(), requestId);
    }

    /// The event of an update; empty if it has left the name as it was.
    static Optional<ChangeEvent> updated(
            Instant at, Tenant tenant, MarketSegment before, VersionedSegment after, Optional<String> requestId) {
        return before.name().equals(after.segment().name())
                ? Optional.empty()
                : Optional.of(new ChangeEvent(Type.UPDATED, at, tenant, after, Optional.of(before), requestId));
    }

    static ChangeEvent deleted(Instant at, Tenant tenant, VersionedSegment object, Optional<String> requestId) {
        return new ChangeEvent(Type.DELETED, at, tenant, object, Optional.empty(), requestId);
    }

    /// `evt_` and 26 digits in base 32.
    String id() {
        ByteBuffer hash = ByteBuffer.wrap(sha256(
                String.join(" ", tenant.partitionKey(), objectId(), Long.toString(object.version()), type.value())));
        return "evt_" + Base32.encode(hash.getLong(), DIGITS_OF_A_LONG)
                + Base32.encode(hash.getLong(), DIGITS_OF_A_LONG);
    }

    BusEvent toBusEvent() {
        return new BusEvent(tenant.partitionKey() + " " + objectId(), type.value(), createdAt, detail());
    }

    private String detail() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("id", id());
            json.writeStringField("type", type.value());
            json.writeStringField(
                    "created_at", createdAt.truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeStringField("account", tenant.account().value());
            json.writeBooleanField("livemode", tenant.livemode());
            if (requestId.isPresent()) {
                json.writeObjectFieldStart("request");
                json.writeStringField("id", requestId.get());
                json.writeEndObject();
            } else {
                json.writeNullField("request");
            }
            json.writeObjectFieldStart("data");
            json.writeFieldName("object");
            SegmentResponses.write(json, object.segment());
            if (previous.isPresent()) {
                json.writeObjectFieldStart("previous_attributes");
                Timestamp updatedAt = previous.get().updatedAt();
                if (!updatedAt.toRfc3339().equals(object.segment().updatedAt().toRfc3339())) {
                    json.writeStringField("updated_at", updatedAt.toRfc3339());
                }
                json.writeStringField(
                        "market_segment",
                        previous.get().name().map(SegmentName::value).orElse(null));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /// The id of the object.
    String objectId() {
        return object.segment().id().value();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
