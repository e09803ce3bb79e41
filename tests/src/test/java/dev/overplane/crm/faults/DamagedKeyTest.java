package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.TestTables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A key's item that something else has spoiled costs that key, and nobody else.
class DamagedKeyTest {

    private static final String TABLE = TestTables.shared().name("API_KEYS_TABLE");

    private final Fixture fixture = Fixture.with(0);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "livemode", "scope"})
    void a_key_without_an_attribute_is_refused_and_missing_from_the_list(String attribute) {
        JsonNode sound = fixture.functions().keys().issue(fixture.account(), false, "read_only", Optional.empty());
        Map<String, AttributeValue> item = item();
        item.remove(attribute);
        put(item);

        assertEquals("Deny", effect());
        int listed =
                fixture.functions().keys().list(fixture.account()).path("data").size();
        assertEquals(attribute.equals("hash") ? 2 : 1, listed, "the index does not hold the hash");
        assertEquals(
                "Allow",
                effect(fixture.functions()
                        .authorize(sound.path("secret").asText())
                        .result()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "livemode", "scope", "name"})
    void a_key_with_an_attribute_of_another_type_is_refused(String attribute) {
        Map<String, AttributeValue> item = item();
        item.put(attribute, AttributeValue.fromN("1"));
        put(item);

        assertEquals(attribute.equals("name") ? "Allow" : "Deny", effect());
    }

    private String effect() {
        return effect(fixture.functions()
                .authorize(fixture.key().path("secret").asText())
                .result());
    }

    private static String effect(JsonNode policy) {
        return policy.at("/policyDocument/Statement/0/Effect").asText();
    }

    private Map<String, AttributeValue> item() {
        AttributeValue id = AttributeValue.fromS(fixture.key().path("id").asText());
        return new HashMap<>(TestTables.shared()
                .client()
                .getItem(get -> get.tableName(TABLE).key(Map.of("id", id)))
                .item());
    }

    private static void put(Map<String, AttributeValue> item) {
        TestTables.shared().client().putItem(put -> put.tableName(TABLE).item(item));
    }
}
