package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is stored must stay readable: the attributes below never change.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyItemTest {

    private static final StoredKey KEY = new StoredKey(
            new KeyId("key_0000000000000000"),
            new Tenant(new AccountId("acct_1"), true),
            Scope.READ_ONLY,
            Optional.of("ours"),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")),
            Optional.of(Instant.parse("2027-01-01T00:00:00Z")));

    private static final Map<String, AttributeValue> ITEM = Map.of(
            "id", AttributeValue.fromS("key_0000000000000000"),
            "hash", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, 3})),
            "account", AttributeValue.fromS("acct_1"),
            "livemode", AttributeValue.fromBool(true),
            "scope", AttributeValue.fromS("read_only"),
            "name", AttributeValue.fromS("ours"),
            "created_at", AttributeValue.fromN("1767323045678901"),
            "expires_at", AttributeValue.fromN("1893456000"),
            "revoked_at", AttributeValue.fromN("1798761600"));

    @Test
    void a_key_is_stored_with_these_attributes() {
        assertEquals(ITEM, KeyItem.SCHEMA.itemToMap(KeyItem.of(KEY, new byte[] {1, 2, 3}), true));
        assertEquals(KEY, KeyItem.SCHEMA.mapToItem(ITEM).key());
    }

    @Test
    void a_key_without_name_expiry_and_revocation_is_stored_without_them() {
        var key = new StoredKey(
                KEY.id(),
                KEY.tenant(),
                KEY.scope(),
                Optional.empty(),
                KEY.createdAt(),
                Optional.empty(),
                Optional.empty());
        Map<String, AttributeValue> item = KeyItem.SCHEMA.itemToMap(KeyItem.of(key, new byte[] {1}), true);
        assertFalse(item.containsKey("name") || item.containsKey("expires_at") || item.containsKey("revoked_at"));
        assertEquals(key, KeyItem.SCHEMA.mapToItem(item).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "livemode", "scope", "created_at"})
    void an_item_that_lacks_an_attribute_which_every_key_has_is_refused(String attribute) {
        var item = new HashMap<>(ITEM);
        item.remove(attribute);
        var error = assertThrows(
                NullPointerException.class, () -> KeyItem.SCHEMA.mapToItem(item).key());
        assertTrue(error.toString().contains(attribute), error.toString());
    }

    @Test
    void an_item_belongs_to_the_key_whose_hash_it_holds() {
        var random = new Random(1);
        ApiKey secret = ApiKey.issue(true, random);
        KeyItem item = KeyItem.of(KEY, secret.hash());
        assertTrue(item.isOf(secret));
        assertFalse(item.isOf(ApiKey.issue(true, random)));
    }
}
