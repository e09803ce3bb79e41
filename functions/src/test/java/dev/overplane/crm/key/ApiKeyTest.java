package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiKeyTest {

    private final Random random = new Random(1);

    @Test
    void a_key_says_its_mode_and_its_id() {
        ApiKey test = ApiKey.issue(false, random);
        ApiKey live = ApiKey.issue(true, random);
        assertTrue(test.reveal().matches("sk_test_[0-9A-Za-z]{50}"), "form");
        assertTrue(live.reveal().matches("sk_live_[0-9A-Za-z]{50}"), "form");
        assertFalse(test.livemode() || ApiKey.parse(test.reveal()).orElseThrow().livemode());
        assertTrue(live.livemode() && ApiKey.parse(live.reveal()).orElseThrow().livemode());
        assertEquals(test.id(), ApiKey.parse(test.reveal()).orElseThrow().id());
    }

    @Test
    void a_key_with_any_character_changed_is_refused() {
        String key = ApiKey.issue(false, random).reveal();
        for (int i = 0; i < key.length(); i++) {
            String mistyped = key.substring(0, i) + (key.charAt(i) == 'x' ? 'y' : 'x') + key.substring(i + 1);
            assertEquals(Optional.empty(), ApiKey.parse(mistyped), "character " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sk_test_", "sk_test_abc", "pk_test_00000000000000000000000000000000000000000000000000"})
    void what_has_not_the_form_of_a_key_is_refused(String text) {
        assertEquals(Optional.empty(), ApiKey.parse(text));
    }

    @Test
    void a_key_knows_its_own_hash_and_no_other() {
        ApiKey key = ApiKey.issue(false, random);
        ApiKey other = ApiKey.issue(false, random);
        assertTrue(key.hasHash(key.hash()));
        assertFalse(key.hasHash(other.hash()));
        assertEquals(32, key.hash().length);
    }

    @Test
    void a_key_is_not_shown_by_its_text() {
        ApiKey key = ApiKey.issue(false, random);
        assertFalse(key.toString().contains(key.reveal().substring(24)));
        assertNotEquals(key.reveal(), key.toString());
        assertTrue(key.toString().contains(key.id().value()));
    }
}
