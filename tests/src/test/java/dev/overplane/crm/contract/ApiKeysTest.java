package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.testing.client.Invocation;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.KeyFunctions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("API keys")
class ApiKeysTest {

    private static final List<String> ISSUED =
            List.of("id", "secret", "account", "livemode", "scope", "created_at", "expires_at", "name");
    private static final Set<String> LISTED = Set.of(
            "id",
            "account",
            "livemode",
            "scope",
            "created_at",
            "expires_at",
            "revoked_at",
            "last_used_at",
            "successor",
            "name");
    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final Api api;
    private final KeyFunctions keys;
    private final String account = Api.newAccountName();

    ApiKeysTest(Api api) {
        this.api = api;
        this.keys = api.keyFunctions();
    }

    private JsonNode issue() {
        return keys.issue(account, false, "read_write", Optional.empty());
    }

    private JsonNode listed() {
        return keys.list(account).get("data");
    }

    @ParameterizedTest
    @CsvSource({"false, read_write", "false, read_only", "true, read_write", "true, read_only"})
    void are_issued_with_all_that_was_asked_for_and_work_at_once(boolean livemode, String scope) {
        var expiry = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        var issued = keys.issue(account, livemode, scope, Optional.of(expiry));
        assertEquals(ISSUED, Json.order(issued));
        assertTrue(issued.get("id").textValue().matches("key_[0-9A-Za-z]+"), issued::toString);
        var secret = issued.get("secret").textValue();
        assertTrue(
                secret.matches("sk_" + (livemode ? "live" : "test") + "_[0-9A-Za-z]{32,}"), "the form of the secret");
        assertEquals(account, issued.get("account").textValue());
        assertEquals(livemode, issued.get("livemode").booleanValue());
        assertEquals(scope, issued.get("scope").textValue());
        assertTrue(issued.get("created_at").textValue().matches(TIMESTAMP), issued::toString);
        assertEquals(expiry.toString(), issued.get("expires_at").textValue());
        assertEquals("test suite", issued.get("name").textValue());
        api.clientWith(secret).listing("");
        assertEquals(
                scope.equals("read_write") ? 201 : 403,
                api.clientWith(secret).onCollection("POST", "").send().status());
    }

    @Test
    void need_neither_an_expiry_nor_a_name() {
        var issued = keys.invoke(KeyFunctions.ISSUE, request("expires_at", "null", "name", "null"))
                .result();
        assertEquals(ISSUED, Json.order(issued));
        assertTrue(issued.get("expires_at").isNull(), issued::toString);
        assertTrue(issued.get("name").isNull(), issued::toString);
    }

    @Test
    void are_new_every_time() {
        var one = issue();
        var two = issue();
        assertNotEquals(one.get("id"), two.get("id"));
        assertNotEquals(one.get("secret"), two.get("secret"));
    }

    @Test
    void are_listed_newest_first_without_any_trace_of_the_secret() {
        var issued = Stream.of(issue(), keys.issue(account, true, "read_only", Optional.empty()), issue())
                .toList();
        keys.issue(Api.newAccountName(), false, "read_write");
        var listing = keys.list(account);
        assertEquals(List.of("data"), Json.order(listing));
        var expected = issued.reversed().stream().map(ApiKeysTest::asListed).toList();
        var actual = new ArrayList<JsonNode>();
        listing.get("data").forEach(actual::add);
        assertEquals(expected, actual);
        listing.get("data").forEach(key -> assertEquals(LISTED, Json.names(key)));
        issued.forEach(key -> {
            // A key may begin with its id, which is no secret.
            var secret = key.get("secret").textValue();
            assertFalse(listing.toString().contains(secret.substring(secret.length() - 8)));
        });
    }

    private static JsonNode asListed(JsonNode issued) {
        var key = (ObjectNode) issued.deepCopy();
        key.remove("secret");
        return key.putNull("revoked_at").putNull("last_used_at").putNull("successor");
    }

    @Test
    void of_an_account_without_any_are_an_empty_list() {
        assertEquals(Json.read("{\"data\":[]}"), keys.list(account));
    }

    @Test
    void stay_listed_when_revoked_with_the_time_of_the_first_revocation() {
        var issued = issue();
        var revoked = keys.revoke(issued.get("id").textValue());
        assertEquals(LISTED, Json.names(revoked));
        assertTrue(revoked.get("revoked_at").textValue().matches(TIMESTAMP), revoked::toString);
        var expected = ((ObjectNode) asListed(issued)).set("revoked_at", revoked.get("revoked_at"));
        assertEquals(expected, revoked);
        assertEquals(revoked, keys.revoke(issued.get("id").textValue()));
        assertEquals(1, listed().size());
        assertEquals(revoked, listed().get(0));
    }

    @Test
    void are_listed_with_their_last_use_to_within_an_hour() {
        var issued = issue();
        assertTrue(listed().get(0).get("last_used_at").isNull());
        var before = Instant.now().minusSeconds(3600);
        api.clientWith(issued.get("secret").textValue()).listing("");
        var used = listed().get(0).get("last_used_at").textValue();
        assertTrue(used.matches(TIMESTAMP), used);
        assertTrue(Instant.parse(used).isAfter(before), used);
    }

    @Test
    void work_beside_their_successor_for_a_day_when_rotated() {
        var key = keys.issue(account, true, "read_write", Optional.empty());
        var before = Instant.now();
        var rotated = keys.rotate(key.get("id").textValue());
        assertEquals(List.of("predecessor", "successor"), Json.order(rotated));
        var successor = rotated.get("successor");
        assertEquals(ISSUED, Json.order(successor));
        for (var member : List.of("account", "livemode", "scope", "expires_at", "name")) {
            assertEquals(key.get(member), successor.get(member), member);
        }
        var predecessor = rotated.get("predecessor");
        assertEquals(LISTED, Json.names(predecessor));
        assertEquals(successor.get("id"), predecessor.get("successor"));
        var end = Instant.parse(predecessor.get("expires_at").textValue());
        assertFalse(end.isBefore(before.plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.SECONDS)));
        assertFalse(end.isAfter(Instant.now().plus(Duration.ofHours(24))));
        assertEquals(predecessor, listed().get(1));
        var id = api.clientWith(key.get("secret").textValue()).create().id();
        api.clientWith(successor.get("secret").textValue()).retrieve(id).mustBe(200);
    }

    @Test
    void are_rotated_at_the_time_that_is_given_and_live_as_long_again() {
        var expiry = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        var key = keys.issue(account, false, "read_only", Optional.of(expiry));
        var end = Instant.now().plus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
        var rotated = keys.invoke(
                        KeyFunctions.ROTATE,
                        Json.write(Map.of("id", key.get("id").textValue(), "expires_at", end.toString())))
                .result();
        assertEquals(end.toString(), rotated.at("/predecessor/expires_at").textValue());
        var successorEnd = Instant.parse(rotated.at("/successor/expires_at").textValue());
        assertFalse(successorEnd.isBefore(expiry));
        assertFalse(successorEnd.isAfter(Instant.now().plus(Duration.ofDays(30))));
    }

    @Test
    void are_rotated_once_and_neither_when_revoked_nor_when_never_issued() {
        var key = issue();
        var id = key.get("id").textValue();
        var successor = keys.rotate(id).at("/successor/id").textValue();
        assertRefused(keys.tryRotate(id), successor);
        keys.rotate(successor);
        var revoked = issue().get("id").textValue();
        keys.revoke(revoked);
        var before = listed();
        assertRefused(keys.tryRotate(revoked), "revoked");
        assertRefused(keys.tryRotate("key_0000000000000000"), "");
        assertEquals(before, listed());
    }

    @Test
    void cannot_be_revoked_that_were_never_issued() {
        issue();
        var before = listed();
        assertRefused(keys.invoke(KeyFunctions.REVOKE, "{\"id\":\"key_0000000000000000\"}"), "");
        assertEquals(before, listed());
    }

    /// @return a good request to issue a key, with each `name` set to `json` that comes in pairs; no `json`
    ///     leaves it out
    private String request(String... members) {
        var request = (ObjectNode) Json.read("""
                {"account":"%s","livemode":false,"scope":"read_write","expires_at":null,"name":null}""".formatted(account));
        for (var at = 0; at < members.length; at += 2) {
            if (members[at + 1].isEmpty()) {
                request.remove(members[at]);
            } else {
                request.set(members[at], Json.read(members[at + 1]));
            }
        }
        return request.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account | ''",
                "account | null",
                "account | 5",
                "account | \"\"",
                "account | \"acct_\"",
                "account | \"acme\"",
                "account | \"ACCT_1\"",
                "account | \"acct_a-b\"",
                "account | \"acct_a b\"",
                "account | \" acct_1\"",
                "account | \"acct_1\\n\"",
                "account | \"acct_caf\\u00e9\"",
                "account | \"acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
                "account | [\"acct_1\"]",
                "livemode | ''",
                "livemode | null",
                "livemode | \"false\"",
                "livemode | 0",
                "scope | ''",
                "scope | null",
                "scope | \"\"",
                "scope | \"admin\"",
                "scope | \"READ_ONLY\"",
                "scope | \"read_write \"",
                "scope | [\"read_only\"]",
                "expires_at | 1893456000",
                "expires_at | true",
                "expires_at | \"\"",
                "expires_at | \"tomorrow\"",
                "expires_at | \"2099-01-01\"",
                "expires_at | \"2099-01-01T00:00:00\"",
                "expires_at | \"2099-02-30T00:00:00Z\"",
                "expires_at | \"2099-01-01T25:00:00Z\"",
                "expires_at | \"2020-01-01T00:00:00Z\"",
                "name | \"a\\u0000b\"",
                "name | 5",
                "name | {}",
                "scopes | \"read_only\"",
                "id | \"key_1\"",
                "secret | \"sk_test_1\""
            })
    void are_not_issued_for_a_bad_request(String member, String json) {
        assertRefused(keys.invoke(KeyFunctions.ISSUE, request(member, json)), member);
        assertEquals(0, listed().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"acct_1\"", "5", "{}"})
    void are_not_issued_rotated_revoked_or_listed_for_a_request_that_names_nothing(String payload) {
        assertRefused(keys.invoke(KeyFunctions.ISSUE, payload), "");
        assertRefused(keys.invoke(KeyFunctions.REVOKE, payload), "");
        assertRefused(keys.invoke(KeyFunctions.ROTATE, payload), "");
        assertRefused(keys.invoke(KeyFunctions.LIST, payload), "");
    }

    static Stream<Arguments> badIds() {
        return Stream.of(
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":null}", "id"),
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":5}", "id"),
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":\"\"}", "id"),
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":\"key_\"}", "id"),
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":\"market-segment_abc123\"}", "id"),
                Arguments.of(KeyFunctions.REVOKE, "{\"key\":\"key_1\"}", "key"),
                Arguments.of(KeyFunctions.REVOKE, "{\"id\":\"key_0000000000000000\",\"force\":true}", "force"),
                Arguments.of(KeyFunctions.ROTATE, "{\"id\":\"key_\"}", "id"),
                Arguments.of(
                        KeyFunctions.ROTATE,
                        "{\"id\":\"key_0000000000000000\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
                        "expires_at"),
                Arguments.of(KeyFunctions.ROTATE, "{\"id\":\"key_0000000000000000\",\"scope\":1}", "scope"),
                Arguments.of(KeyFunctions.LIST, "{\"account\":null}", "account"),
                Arguments.of(KeyFunctions.LIST, "{\"account\":5}", "account"),
                Arguments.of(KeyFunctions.LIST, "{\"account\":\"acme\"}", "account"),
                Arguments.of(KeyFunctions.LIST, "{\"account\":\"acct_1\",\"limit\":5}", "limit"));
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void are_not_rotated_revoked_or_listed_for_a_bad_request(String function, String payload, String member) {
        assertRefused(keys.invoke(function, payload), member);
    }

    /// The function failed, and says why: in one sentence that names the member at fault, without a stack
    /// trace.
    private static void assertRefused(Invocation invocation, String member) {
        assertEquals(200, invocation.status(), invocation::toString);
        assertEquals(Optional.of("Unhandled"), invocation.error(), invocation::toString);
        var message = invocation.json().path("errorMessage").asText();
        assertTrue(message.matches(".*\\w.*\\."), message);
        assertTrue(message.contains(member), message);
        assertFalse(message.contains("Exception") || message.contains("java."), message);
    }
}
