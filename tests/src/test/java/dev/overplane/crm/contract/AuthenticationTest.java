package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Authentication")
class AuthenticationTest {

    private final Api api;
    private final ApiClient client;

    AuthenticationTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    private ApiResponse with(String authorization) {
        return client.onCollection("GET", "?limit=1")
                .header("Authorization", authorization)
                .send();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "POST, ''",
        "GET, /market-segment_abc123",
        "PATCH, /market-segment_abc123",
        "DELETE, /market-segment_abc123"
    })
    void needs_a_key_for_every_operation(String method, String path) {
        client.request(method, ApiClient.PATH + path)
                .withoutHeader("Authorization")
                .send()
                .mustBe(ApiError.keyMissing());
        client.request(method, ApiClient.PATH + path)
                .header("Authorization", "Bearer sk_test_x")
                .send()
                .mustBe(ApiError.keyInvalid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "bearer", "BEARER", "bEaReR"})
    void takes_the_scheme_in_any_case(String scheme) {
        with(scheme.replace("%s", "Bearer") + " " + client.key()).mustBe(200);
    }

    @Test
    void takes_an_empty_header_for_a_missing_key() {
        client.onCollection("GET", "")
                .header("Authorization", "")
                .overRawSocket()
                .send()
                .mustBe(ApiError.keyMissing());
    }

    @Test
    void looks_for_the_key_nowhere_else() {
        var key = client.key();
        var elsewhere = client.onCollection("GET", "").withoutHeader("Authorization");
        elsewhere
                .header("X-Api-Key", key)
                .header("Cookie", "key=" + key)
                .header("Proxy-Authorization", "Bearer " + key);
        elsewhere.send().mustBe(ApiError.keyMissing());
        client.onCollection("GET", "?api_key=" + key)
                .withoutHeader("Authorization")
                .send()
                .mustBe(ApiError.keyMissing());
    }

    @Test
    void refuses_a_key_with_any_character_mistyped() {
        var key = client.key();
        for (var at = "sk_test_".length(); at < key.length(); at++) {
            var mistyped = key.substring(0, at) + (key.charAt(at) == 'x' ? 'y' : 'x') + key.substring(at + 1);
            with("Bearer " + mistyped).mustBe(ApiError.keyInvalid());
        }
    }

    /// Back and forth, since a kept connection or a cached policy may take the one for the other.
    @Test
    void refuses_a_key_in_another_case() {
        var key = client.key();
        for (var other : List.of(key.toUpperCase(Locale.ROOT), key.toLowerCase(Locale.ROOT))) {
            with("Bearer " + key).mustBe(200);
            with("Bearer " + other).mustBe(ApiError.keyInvalid());
        }
        with("Bearer " + key).mustBe(200);
    }

    @Test
    void refuses_a_key_cut_off_or_of_the_other_mode() {
        var key = client.key();
        with("Bearer " + key.substring(0, key.length() - 1)).mustBe(ApiError.keyInvalid());
        with("Bearer " + key.replace("sk_test_", "sk_live_")).mustBe(ApiError.keyInvalid());
    }

    @Test
    void refuses_a_well_formed_key_that_another_installation_issued() {
        api.onlyLocal("Starts a second installation.");
        try (var other = TestStack.startSeparately()) {
            var strange = other.keys().issue(Api.newAccountName(), false, "read_write");
            with("Bearer " + strange).mustBe(ApiError.keyInvalid());
        }
    }

    @Test
    void refuses_a_revoked_key() {
        var keys = api.keyFunctions();
        var key = keys.issue(Api.newAccountName(), false, "read_write", Optional.empty());
        keys.revoke(key.get("id").textValue());
        with("Bearer " + key.get("secret").textValue()).mustBe(ApiError.keyInvalid());
    }

    @Test
    void lets_the_other_keys_of_an_account_live_when_one_is_revoked() {
        var keys = api.keyFunctions();
        var account = Api.newAccountName();
        var revoked = keys.issue(account, false, "read_write", Optional.empty());
        var kept = keys.issue(account, false, "read_write");
        keys.revoke(revoked.get("id").textValue());
        api.clientWith(kept).create();
    }

    @Test
    void takes_a_key_until_it_expires_and_not_after() {
        var keys = api.keyFunctions();
        var soon = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        var expiring = keys.issue(Api.newAccountName(), false, "read_write", Optional.of(soon));
        var lasting = keys.issue(Api.newAccountName(), false, "read_write", Optional.of(soon.plusSeconds(3600)));
        with("Bearer " + lasting.get("secret").textValue()).mustBe(200);
        Api.awaitClock(soon);
        with("Bearer " + expiring.get("secret").textValue()).mustBe(ApiError.keyInvalid());
    }

    /// The gateway keeps the authorizer's answer for longer than that.
    @Test
    void refuses_a_key_that_expires_while_it_is_in_use() {
        var keys = api.keyFunctions();
        var soon = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        var caller = api.clientWith(keys.issue(Api.newAccountName(), false, "read_write", Optional.of(soon))
                .get("secret")
                .textValue());
        var id = caller.create().id();
        Api.awaitClock(soon);
        caller.retrieve(id).mustBe(ApiError.keyInvalid());
        caller.list("").mustBe(ApiError.keyInvalid());
        caller.onCollection("POST", "").send().mustBe(ApiError.keyInvalid());
        caller.update(id, "{}").mustBe(ApiError.keyInvalid());
        caller.delete(id).mustBe(ApiError.keyInvalid());
    }

    /// Whoever knows a key's id, which is no secret, can compute a checksum.
    @Test
    void refuses_a_key_that_shares_with_an_issued_one_all_but_its_secret_digits() {
        var key = client.key();
        var idEnd = "sk_test_".length() + 16;
        var secretEnd = key.length() - 6;
        var other =
                key.substring(0, idEnd) + (key.charAt(idEnd) == 'x' ? 'y' : 'x') + key.substring(idEnd + 1, secretEnd);
        with("Bearer " + other + checksum(other)).mustBe(ApiError.keyInvalid());
        assertEquals(key.substring(secretEnd), checksum(key.substring(0, secretEnd)), "the checksum is the API's own");
    }

    private static String checksum(String checked) {
        var crc = new CRC32();
        crc.update(checked.getBytes(StandardCharsets.US_ASCII));
        var digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = new StringBuilder();
        for (var rest = crc.getValue(); text.length() < 6; rest /= digits.length()) {
            text.append(digits.charAt((int) (rest % digits.length())));
        }
        return text.toString();
    }

    @Test
    void never_repeats_the_key_that_it_refuses() {
        var mistyped = client.key().replaceAll(".$", "") + "-";
        var response = with("Bearer " + mistyped).mustBe(ApiError.keyInvalid());
        assertFalse(response.text().contains(mistyped.substring(8, 20)), response::text);
    }

    @Test
    void tells_nothing_about_why_a_key_is_not_valid() {
        var malformed = with("Bearer x").mustBe(ApiError.keyInvalid());
        var unknown = with("Bearer sk_test_" + "a1B2c3D4".repeat(5)).mustBe(ApiError.keyInvalid());
        assertEquals(malformed.errorWithoutRequestId(), unknown.errorWithoutRequestId());
        assertTrue(malformed.errorWithoutRequestId().has("message"));
    }

    /// Whichever of them the gateway shows the authorizer; a key that is sent properly works before and after.
    @Test
    void refuses_several_keys_and_holds_it_against_none_of_them() {
        var caller = api.isLocal() ? api.emptyAccount() : client;
        var good = "Bearer " + caller.key();
        for (var bad : List.of("Bearer sk_test_" + "a1B2c3D4".repeat(5), "Basic eDp5", good)) {
            for (var pair : List.of(List.of(good, bad), List.of(bad, good))) {
                caller.onCollection("GET", "")
                        .header("Authorization", pair.getFirst())
                        .addHeader("Authorization", pair.getLast())
                        .overRawSocket()
                        .send()
                        .mustBe(ApiError.keyInvalid());
                caller.list("").mustBe(200);
            }
        }
    }
}
