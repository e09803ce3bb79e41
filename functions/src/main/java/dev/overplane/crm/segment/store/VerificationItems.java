package dev.overplane.crm.segment.store;

import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Attributes;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.segment.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What verifications keep in the segments table, in a partition that is no tenant's:
///
/// | id | attribute | what |
/// | --- | --- | --- |
/// | a tenant's partition key | `owner` | which verification has the lease |
/// | | `until` | when the lease ends, in microseconds since the epoch |
/// | | `page` | the page to go on with |
/// | `#cursor` | `position` | after which account the pass over all goes on |
///
/// A tenant has no item unless it is being verified, or a verification has not come to its end.
final class VerificationItems {

    /// Longer than a slice takes. A verification that is killed keeps others away for so long.
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String PARTITION = "#verification";
    private static final String CURSOR = "#cursor";

    private final SegmentTable table;
    private final InstantSource clock;

    VerificationItems(SegmentTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// Takes the lease on a tenant.
    ///
    /// @return the page to go on with, 0 at first; empty if another verification has the lease
    OptionalLong acquire(Tenant tenant, String owner, Deadline deadline) {
        boolean acquired = table.update(
                deadline,
                update -> update.key(key(SegmentTable.partition(tenant)))
                        .updateExpression("SET #owner = :owner, #until = :until")
                        .conditionExpression("attribute_not_exists(#owner) OR #owner = :owner OR #until < :now")
                        .expressionAttributeNames(Map.of("#owner", "owner", "#until", "until"))
                        .expressionAttributeValues(Map.of(
                                ":owner", AttributeValue.fromS(owner),
                                ":until", micros(clock.instant().plus(LEASE)),
                                ":now", micros(clock.instant()))));
        if (!acquired) {
            return OptionalLong.empty();
        }
        Map<String, AttributeValue> item = table.get(key(SegmentTable.partition(tenant)), deadline);
        return OptionalLong.of(
                item.containsKey("page") ? SegmentTable.reader(item).number("page") : 0);
    }

    /// Keeps how far a verification has come, and the lease.
    ///
    /// @param page the page to go on with
    /// @param end when the lease ends
    /// @return whether the lease was still the owner's
    private boolean save(Tenant tenant, String owner, long page, Instant end, Deadline deadline) {
        return table.update(
                deadline,
                update -> update.key(key(SegmentTable.partition(tenant)))
                        .updateExpression("SET #until = :until, page = :page")
                        .conditionExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", "owner", "#until", "until"))
                        .expressionAttributeValues(Map.of(
                                ":owner", AttributeValue.fromS(owner),
                                ":until", micros(end),
                                ":page", Attributes.number(page))));
    }

    /// Keeps how far a verification has come, and renews the lease.
    ///
    /// @param page the page to go on with
    /// @return whether the lease was still the owner's
    boolean renew(Tenant tenant, String owner, long page, Deadline deadline) {
        return save(tenant, owner, page, clock.instant().plus(LEASE), deadline);
    }

    /// Keeps how far a verification has come, and gives the lease back.
    ///
    /// @param page the page to go on with
    void release(Tenant tenant, String owner, long page, Deadline deadline) {
        save(tenant, owner, page, Instant.EPOCH, deadline);
    }

    /// Ends the verification of a tenant.
    void finish(Tenant tenant, String owner, Deadline deadline) {
        table.delete(
                deadline,
                delete -> delete.key(key(SegmentTable.partition(tenant)))
                        .conditionExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner))));
    }

    /// Where the pass over all accounts goes on; empty for the beginning.
    Optional<String> cursor(Deadline deadline) {
        Map<String, AttributeValue> item = table.get(key(AttributeValue.fromS(CURSOR)), deadline);
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(SegmentTable.reader(item).text("position"));
    }

    /// Keeps where the pass over all accounts goes on.
    ///
    /// @param position empty for the beginning
    void saveCursor(Optional<String> position, Deadline deadline) {
        var item = new HashMap<>(key(AttributeValue.fromS(CURSOR)));
        position.ifPresentOrElse(
                text -> table.update(
                        deadline,
                        update -> update.key(item)
                                .updateExpression("SET #position = :position")
                                .expressionAttributeNames(Map.of("#position", "position"))
                                .expressionAttributeValues(Map.of(":position", AttributeValue.fromS(text)))),
                () -> table.delete(deadline, delete -> delete.key(item)));
    }

    private static Map<String, AttributeValue> key(AttributeValue id) {
        return Map.of(SegmentTable.TENANT, AttributeValue.fromS(PARTITION), SegmentTable.ID, id);
    }

    private static AttributeValue micros(Instant instant) {
        return Attributes.number(Timestamp.now(InstantSource.fixed(instant)).micros());
    }
}
