package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is stored must stay readable: the attributes below never change.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyItemTest {

    private static final ApiKey SECRET = ApiKey.parse("sk_test_000000000000000000000000000000000000000000004k6zQ2")
            .orElseThrow();
    private static final StoredKey KEY = new StoredKey(
            new KeyId("key_0000000000000000"),
            new Tenant(new AccountId("acct_1"), true),
            Scope.READ_ONLY,
            Optional.of("ours"),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")),
            Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
            Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
            Optional.of(new KeyId("key_1111111111111111")));

    private static final Map<String, AttributeValue> ISSUED = Map.of(
            "id", AttributeValue.fromS("key_0000000000000000"),
            "hash", AttributeValue.fromB(SdkBytes.fromByteArray(SECRET.hash())),
            "account", AttributeValue.fromS("acct_1"),
            "livemode", AttributeValue.fromBool(true),
            "scope", AttributeValue.fromS("read_only"),
            "name", AttributeValue.fromS("ours"),
            "created_at", AttributeValue.fromN("1767323045678901"),
            "expires_at", AttributeValue.fromN("1893456000"));

    private static Map<String, AttributeValue> item() {
        var item = new HashMap<>(ISSUED);
        item.put("revoked_at", AttributeValue.fromN("1798761600"));
        item.put("last_used_at", AttributeValue.fromN("1780272000"));
        item.put("successor", AttributeValue.fromS("key_1111111111111111"));
        return item;
    }

    private static IssuedKey issued(Optional<String> name, Optional<Instant> expiresAt) {
        var request = new KeyRequest(KEY.tenant(), KEY.scope(), name, expiresAt);
        return new IssuedKey(StoredKey.issued(KEY.id(), request, KEY.createdAt()), SECRET);
    }

    private static Map<String, AttributeValue> written(KeyItem item) {
        return KeyItem.SCHEMA.itemToMap(item, true);
    }

    @Test
    void a_key_is_stored_with_these_attributes() {
        assertEquals(ISSUED, written(KeyItem.of(issued(KEY.name(), KEY.expiresAt()))));
        assertEquals(KEY, KeyItem.SCHEMA.mapToItem(item()).key());
    }

    @Test
    void a_key_without_name_and_expiry_is_stored_without_them() {
        IssuedKey issued = issued(Optional.empty(), Optional.empty());
        Map<String, AttributeValue> item = written(KeyItem.of(issued));
        assertFalse(item.containsKey("name") || item.containsKey("expires_at"));
        assertEquals(issued.key(), KeyItem.SCHEMA.mapToItem(item).key());
    }

    @Test
    void a_revocation_a_use_and_a_rotation_write_nothing_but_what_they_say() {
        AttributeValue id = AttributeValue.fromS("key_0000000000000000");
        assertEquals(
                Map.of("id", id, "revoked_at", AttributeValue.fromN("7")),
                written(KeyItem.revocation(KEY.id(), Instant.ofEpochSecond(7, 5))));
        assertEquals(
                Map.of("id", id, "last_used_at", AttributeValue.fromN("7")),
                written(KeyItem.use(KEY.id(), Instant.ofEpochSecond(7, 5))));
        assertEquals(
                Map.of(
                        "id",
                        id,
                        "expires_at",
                        AttributeValue.fromN("7"),
                        "successor",
                        AttributeValue.fromS("key_1111111111111111")),
                written(KeyItem.rotation(KEY.id(), Instant.ofEpochSecond(7), new KeyId("key_1111111111111111"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "livemode", "scope", "created_at"})
    void an_item_that_lacks_an_attribute_which_every_key_has_is_damaged(String attribute) {
        Map<String, AttributeValue> item = item();
        item.remove(attribute);
        assertDamaged(attribute, item);
    }

    @ParameterizedTest
    @CsvSource({
        "account, S, acme",
        "scope, S, admin",
        "expires_at, N, 9223372036854775807",
        "revoked_at, N, -9223372036854775808",
        "last_used_at, N, 9223372036854775807",
        "successor, S, key_"
    })
    void an_item_with_a_value_that_stands_for_nothing_is_damaged(String attribute, String type, String value) {
        Map<String, AttributeValue> item = item();
        item.put(attribute, type.equals("S") ? AttributeValue.fromS(value) : AttributeValue.fromN(value));
        assertDamaged(attribute, item);
    }

    private static void assertDamaged(String attribute, Map<String, AttributeValue> item) {
        var error = assertThrows(
                CorruptItemException.class, () -> KeyItem.SCHEMA.mapToItem(item).key());
        assertEquals("item key_0000000000000000 has no valid attribute " + attribute, error.getMessage());
    }

    @Test
    void an_item_belongs_to_the_key_whose_hash_it_holds() {
        KeyItem item = KeyItem.of(issued(Optional.empty(), Optional.empty()));
        assertTrue(item.isOf(SECRET));
        assertFalse(item.isOf(ApiKey.issue(true, new Random(1))));
        KeyItem listed = KeyItem.revocation(KEY.id(), Instant.EPOCH);
        assertThrows(CorruptItemException.class, () -> listed.isOf(SECRET));
    }
}
