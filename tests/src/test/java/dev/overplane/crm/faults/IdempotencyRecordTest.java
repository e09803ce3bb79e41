package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Records that are old, or not what this code writes.
class IdempotencyRecordTest {

    private static final String KEY = "k";
    private static final Duration LIFETIME = Duration.ofHours(24);

    private final Fixture fixture = Fixture.with(2);

    enum Write {
        CREATE,
        UPDATE,
        UPDATE_OF_NOTHING
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ApiResponse send(Write write) {
        ApiClient client = fixture.client();
        ApiRequest request = switch (write) {
            case CREATE -> client.post(Json.named("new"));
            case UPDATE -> client.patch(fixture.target(), Json.named("changed"));
            case UPDATE_OF_NOTHING -> client.patch(fixture.target(), "{}");
        };
        return request.header("Idempotency-Key", KEY).send();
    }

    @ParameterizedTest
    @EnumSource
    void lives_for_24_hours(Write write) {
        Instant before = Instant.now();
        assertTrue(send(write).isSuccess());

        long expiresAt = Long.parseLong(record().get("expires_at").n());
        assertTrue(expiresAt >= before.plus(LIFETIME).getEpochSecond());
        assertTrue(expiresAt <= Instant.now().plus(LIFETIME).getEpochSecond());
    }

    @ParameterizedTest
    @EnumSource
    void that_has_expired_and_is_not_deleted_yet_counts_as_absent_and_is_replaced(Write write) {
        ApiResponse first = send(write);
        expire(0);

        ApiResponse second = send(write);

        assertEquals(first.status(), second.mustBe(first.status()).status());
        assertFalse(second.has("Idempotent-Replayed"), second::toString);
        assertTrue(send(write).has("Idempotent-Replayed"), "the new record");
    }

    @ParameterizedTest
    @EnumSource
    void that_has_not_expired_is_found(Write write) {
        send(write);
        expire(60);

        assertTrue(send(write).has("Idempotent-Replayed"));
    }

    /// Nothing vouches for the answer, and to do it again could do it twice.
    @ParameterizedTest
    @EnumSource
    void without_its_fingerprint_is_our_fault_and_nothing_is_done(Write write) {
        send(write);
        StoredState stored = fixture.stored();
        change(update -> update.updateExpression("REMOVE fingerprint"));

        send(write).mustBe(ApiError.internalError());

        assertEquals(stored, fixture.stored());
    }

    @Test
    void without_the_object_that_it_records_is_our_fault_too() {
        send(Write.UPDATE);
        change(update -> update.updateExpression("REMOVE updated_at"));

        send(Write.UPDATE).mustBe(ApiError.internalError());
    }

    private void expire(int inSeconds) {
        String time = Long.toString(Instant.now().getEpochSecond() + inSeconds);
        change(update -> update.updateExpression("SET expires_at = :time")
                .expressionAttributeValues(Map.of(":time", AttributeValue.fromN(time))));
    }

    private void change(UnaryOperator<UpdateItemRequest.Builder> change) {
        TestTables.shared()
                .client()
                .updateItem(change.apply(
                                UpdateItemRequest.builder().tableName(table()).key(key()))
                        .build());
    }

    private Map<String, AttributeValue> record() {
        return TestTables.shared()
                .client()
                .getItem(get -> get.tableName(table()).key(key()).consistentRead(true))
                .item();
    }

    private static String table() {
        return TestTables.shared().name("IDEMPOTENCY_TABLE");
    }

    private Map<String, AttributeValue> key() {
        return Map.of("tenant", AttributeValue.fromS(fixture.account() + "/test"), "key", AttributeValue.fromS(KEY));
    }
}
