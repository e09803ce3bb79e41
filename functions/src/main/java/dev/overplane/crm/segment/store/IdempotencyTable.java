package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.ItemReader;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.Timestamp;
import dev.overplane.crm.segment.VersionedSegment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// The table of idempotency records: the answers to writes that carried an idempotency key. A record is written
/// in the transaction of its write: there is never one without the other.
///
/// A record holds the request's fingerprint, and the object as it was answered, in the form of [SegmentItem];
/// of a deletion the id alone.
///
/// Thread-safe.
///
/// @param name the table's name
/// @param clock what says when a record expires
public record IdempotencyTable(String name, InstantSource clock) {

    private static final String KEY = "key";
    private static final String FINGERPRINT = "fingerprint";
    /// Seconds since the epoch, as DynamoDB's time to live wants it. DynamoDB deletes late, so whoever looks at
    /// a record looks at this too.
    private static final String EXPIRES_AT = "expires_at";

    private static final Duration LIFETIME = Duration.ofHours(24);

    /// What records an object as the answer, on condition that there is no record yet.
    WriteTransaction.Recording recording(Tenant tenant, IdempotentRequest request, VersionedSegment answer) {
        return new WriteTransaction.Recording(request, put(tenant, request, SegmentItem.of(tenant, answer)));
    }

    /// What records that the object of that id is deleted, on the same condition.
    WriteTransaction.Recording recordingOfDeletion(Tenant tenant, IdempotentRequest request, SegmentId id) {
        return new WriteTransaction.Recording(request, put(tenant, request, SegmentItem.key(tenant, id)));
    }

    /// The key of a request's record.
    static Map<String, AttributeValue> key(Tenant tenant, IdempotentRequest request) {
        return Map.of(
                SegmentTable.TENANT,
                SegmentTable.partition(tenant),
                KEY,
                AttributeValue.fromS(request.key().value()));
    }

    /// Whether there is a record in an item that was read, rather than nothing or one that has expired.
    boolean isAlive(Map<String, AttributeValue> record) {
        return !record.isEmpty() && reader(record).number(EXPIRES_AT) > now();
    }

    /// Whether a record is that of a request equal to this one.
    static boolean isOf(Map<String, AttributeValue> record, IdempotentRequest request) {
        return reader(record).text(FINGERPRINT).equals(request.fingerprint().hex());
    }

    private Put put(Tenant tenant, IdempotentRequest request, Map<String, AttributeValue> answer) {
        long now = now();
        var item = new HashMap<>(answer);
        item.putAll(key(tenant, request));
        item.put(FINGERPRINT, AttributeValue.fromS(request.fingerprint().hex()));
        item.put(EXPIRES_AT, Attributes.number(now + LIFETIME.toSeconds()));
        return Put.builder()
                .tableName(name)
                .item(item)
                .conditionExpression("attribute_not_exists(#key) OR #expires_at <= :now")
                .expressionAttributeNames(Map.of("#key", KEY, "#expires_at", EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", Attributes.number(now)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static ItemReader reader(Map<String, AttributeValue> record) {
        return new ItemReader("of an idempotency key", record);
    }

    private long now() {
        return Timestamp.now(clock).micros() / 1_000_000;
    }
}
