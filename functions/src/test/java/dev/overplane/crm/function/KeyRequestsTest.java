package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.key.KeyId;
import dev.overplane.crm.key.KeyRequest;
import dev.overplane.crm.key.KeyRotation;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyRequestsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final KeyRequest LEAST = new KeyRequest(
            new Tenant(new AccountId("acct_1"), false), Scope.READ_ONLY, Optional.empty(), Optional.empty());

    private static JsonNode json(String text) {
        try {
            return Json.ofDepth(3).read(text);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode least() {
        return (ObjectNode) json("{\"account\":\"acct_1\",\"livemode\":false,\"scope\":\"read_only\"}");
    }

    private static KeyRequest with(String member, String value) {
        return KeyRequests.issue(least().set(member, json(value)), NOW);
    }

    private static String refusal(Runnable parse) {
        return String.valueOf(
                assertThrows(InvalidInputException.class, parse::run).getMessage());
    }

    @Test
    void a_key_is_asked_for_by_account_mode_and_scope() {
        assertEquals(LEAST, KeyRequests.issue(least(), NOW));
        assertEquals(LEAST, KeyRequests.issue(least().putNull("name").putNull("expires_at"), NOW));
    }

    @Test
    void a_key_may_have_a_name_and_an_end() {
        assertEquals(
                new KeyRequest(
                        new Tenant(new AccountId("acct_Z"), true),
                        Scope.READ_WRITE,
                        Optional.of(" ours "),
                        Optional.of(Instant.parse("2030-01-31T00:00:00Z"))),
                KeyRequests.issue(json("""
                        {"account":"acct_Z","livemode":true,"scope":"read_write","name":" ours ",\
                        "expires_at":"2030-01-31T00:00:00Z"}"""), NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:01Z, 2026-01-01T00:00:01Z",
        "2026-01-01T00:00:01.999Z, 2026-01-01T00:00:01Z",
        "2026-01-01T01:00:01+01:00, 2026-01-01T00:00:01Z",
        "2099-12-31T23:59:59Z, 2099-12-31T23:59:59Z"
    })
    void an_end_is_kept_in_whole_seconds(String text, Instant expiresAt) {
        assertEquals(
                Optional.of(expiresAt), with("expires_at", '"' + text + '"').expiresAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00.9Z", "2026-01-01T00:00:00Z", "2020-01-01T00:00:00Z"})
    void an_end_lies_in_the_future(String text) {
        assertEquals("expires_at must lie in the future.", refusal(() -> with("expires_at", '"' + text + '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account | null",
                "account | 5",
                "account | \"acme\"",
                "account | [\"acct_1\"]",
                "livemode | null",
                "livemode | \"false\"",
                "livemode | 0",
                "scope | null",
                "scope | \"READ_ONLY\"",
                "scope | [\"read_only\"]",
                "expires_at | 1893456000",
                "expires_at | true",
                "expires_at | \"\"",
                "expires_at | \"2099-01-01\"",
                "expires_at | \"2099-01-01T00:00:00\"",
                "expires_at | \"2099-02-30T00:00:00Z\"",
                "name | 5",
                "name | {}",
                "name | \"\"",
                "name | \" \"",
                "name | \"a\\u0000b\"",
                "name | \"a\\u0085b\"",
                "name | \"a\\ud83d\"",
                "scopes | \"read_only\"",
                "id | \"key_1\""
            })
    void a_member_at_fault_is_named(String member, String value) {
        String message = refusal(() -> with(member, value));
        assertTrue(message.contains(member), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "livemode", "scope"})
    void a_member_that_is_required_is_named_if_it_is_absent(String member) {
        String message = refusal(() -> KeyRequests.issue(least().without(member), NOW));
        assertTrue(message.startsWith(member + " must be "), message);
    }

    @Test
    void a_name_has_at_most_255_characters() {
        assertEquals(
                Optional.of("x".repeat(255)),
                with("name", '"' + "x".repeat(255) + '"').name());
        assertEquals(
                "name must be null or a text of 1 to 255 characters, without control characters.",
                refusal(() -> with("name", '"' + "x".repeat(256) + '"')));
    }

    @Test
    void a_key_to_revoke_is_named_by_its_id() {
        assertEquals(new KeyId("key_0000000000000000"), KeyRequests.revoke(json("{\"id\":\"key_0000000000000000\"}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":5}",
                "{\"id\":\"key_\"}",
                "{\"id\":\"key_0000000000000000\",\"force\":true}"
            })
    void a_revocation_of_anything_else_is_refused(String input) {
        refusal(() -> KeyRequests.revoke(json(input)));
    }

    @Test
    void a_key_to_rotate_is_named_by_its_id_and_ends_a_day_later_unless_the_input_says_when() {
        var id = new KeyId("key_0000000000000000");
        assertEquals(
                new KeyRotation(id, Instant.parse("2026-01-02T00:00:00Z")),
                KeyRequests.rotate(json("{\"id\":\"key_0000000000000000\",\"expires_at\":null}"), NOW));
        assertEquals(
                new KeyRotation(id, Instant.parse("2026-01-01T00:05:00Z")),
                KeyRequests.rotate(
                        json("{\"id\":\"key_0000000000000000\",\"expires_at\":\"2026-01-01T00:05:00Z\"}"), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":\"key_\"}",
                "{\"id\":\"key_0000000000000000\",\"expires_at\":\"2026-01-01T00:00:00Z\"}",
                "{\"id\":\"key_0000000000000000\",\"expires_at\":5}",
                "{\"id\":\"key_0000000000000000\",\"scope\":\"read_only\"}"
            })
    void a_rotation_of_anything_else_is_refused(String input) {
        refusal(() -> KeyRequests.rotate(json(input), NOW));
    }

    @Test
    void a_member_that_may_be_a_secret_in_the_wrong_place_is_not_repeated() {
        String secret = "sk_test_000000000000000000000000000000000000000000004k6zQ2";
        assertEquals(
                "A member is unknown here; the input may have: id.",
                refusal(() -> KeyRequests.revoke(json("{\"" + secret + "\":1}"))));
    }

    @Test
    void keys_to_list_are_those_of_an_account() {
        assertEquals(new AccountId("acct_1"), KeyRequests.list(json("{\"account\":\"acct_1\"}")));
        assertEquals(
                "The member limit is unknown here; the input may have: account.",
                refusal(() -> KeyRequests.list(json("{\"account\":\"acct_1\",\"limit\":5}"))));
        refusal(() -> KeyRequests.list(json("{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"acct_1\"", "5", ""})
    void an_input_that_is_no_object_is_refused(String input) {
        String message = "The input must be a JSON object.";
        assertEquals(message, refusal(() -> KeyRequests.issue(json(input), NOW)));
        assertEquals(message, refusal(() -> KeyRequests.revoke(json(input))));
        assertEquals(message, refusal(() -> KeyRequests.list(json(input))));
    }
}
