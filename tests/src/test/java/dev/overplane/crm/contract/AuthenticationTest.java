package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.LocalStack;
import dev.overplane.crm.local.LocalStackConfig;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Authentication")
class AuthenticationTest {

    private final Api api;
    private final Client client;

    AuthenticationTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    private static Answer refused(Answer answer, Refusal refusal) {
        answer.mustBe(refusal);
        assertEquals("Bearer", answer.header("WWW-Authenticate"));
        return answer;
    }

    private Answer with(String authorization) {
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
        refused(client.call(method, Api.PATH + path).without("Authorization").send(), Refusal.keyMissing());
        refused(
                client.call(method, Api.PATH + path)
                        .header("Authorization", "Bearer sk_test_x")
                        .send(),
                Refusal.keyInvalid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "bearer", "BEARER", "bEaReR"})
    void takes_the_scheme_in_any_case(String scheme) {
        with(scheme.replace("%s", "Bearer") + " " + client.key()).mustBe(200);
    }

    @Test
    void takes_an_empty_header_for_a_missing_key() {
        refused(client.onCollection("GET", "").header("Authorization", "").sendRaw(), Refusal.keyMissing());
    }

    @Test
    void looks_for_the_key_nowhere_else() {
        var key = client.key();
        var elsewhere = client.onCollection("GET", "").without("Authorization");
        elsewhere
                .header("X-Api-Key", key)
                .header("Cookie", "key=" + key)
                .header("Proxy-Authorization", "Bearer " + key);
        refused(elsewhere.send(), Refusal.keyMissing());
        refused(
                client.onCollection("GET", "?api_key=" + key)
                        .without("Authorization")
                        .send(),
                Refusal.keyMissing());
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void refuses_what_is_no_key(String authorization) {
        refused(with(authorization), Refusal.keyInvalid());
    }

    static Stream<Arguments> unusable() {
        return Rows.of(Malformed.authorizations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "Basic %s",
                "Token %s",
                "Bearer%s",
                "Bearer \"%s\"",
                "Bearer %s x",
                "Bearer x %s",
                "Bearer %sx",
                "Bearer x%s",
                "Bearer Bearer %s",
                "Bearer %s,",
                "Bearer: %s"
            })
    void refuses_a_good_key_in_a_wrong_form(String form) {
        refused(with(form.formatted(client.key())), Refusal.keyInvalid());
    }

    @Test
    void refuses_a_key_with_any_character_mistyped() {
        var key = client.key();
        for (var at = "sk_test_".length(); at < key.length(); at++) {
            var mistyped = key.substring(0, at) + (key.charAt(at) == 'x' ? 'y' : 'x') + key.substring(at + 1);
            refused(with("Bearer " + mistyped), Refusal.keyInvalid());
        }
    }

    /// Back and forth, for what keeps a connection or an answer may take the one for the other.
    @Test
    void refuses_a_key_in_another_case() {
        var key = client.key();
        for (var other : List.of(key.toUpperCase(Locale.ROOT), key.toLowerCase(Locale.ROOT))) {
            with("Bearer " + key).mustBe(200);
            refused(with("Bearer " + other), Refusal.keyInvalid());
        }
        with("Bearer " + key).mustBe(200);
    }

    @Test
    void refuses_a_key_cut_off_or_of_the_other_mode() {
        var key = client.key();
        refused(with("Bearer " + key.substring(0, key.length() - 1)), Refusal.keyInvalid());
        refused(with("Bearer " + key.replace("sk_test_", "sk_live_")), Refusal.keyInvalid());
    }

    @Test
    void refuses_a_well_formed_key_that_another_installation_issued() throws Exception {
        api.onlyLocal("Starts a second installation.");
        try (var other = LocalStack.start(LocalStackConfig.inMemory());
                var http = HttpClient.newHttpClient()) {
            var strange = new KeyFunctions(http, other.lambdaUrl()).issue(Api.newAccountName(), false, "read_write");
            refused(with("Bearer " + strange), Refusal.keyInvalid());
        }
    }

    @Test
    void refuses_a_revoked_key() {
        var keys = api.keyFunctions();
        var key = keys.issue(Api.newAccountName(), false, "read_write", Optional.empty());
        keys.revoke(key.get("id").textValue());
        refused(with("Bearer " + key.get("secret").textValue()), Refusal.keyInvalid());
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
        var soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        var expiring = keys.issue(Api.newAccountName(), false, "read_write", Optional.of(soon));
        var lasting = keys.issue(Api.newAccountName(), false, "read_write", Optional.of(soon.plusSeconds(3600)));
        with("Bearer " + lasting.get("secret").textValue()).mustBe(200);
        awaitClock(soon);
        refused(with("Bearer " + expiring.get("secret").textValue()), Refusal.keyInvalid());
    }

    /// The API's clock cannot be set from outside, so this waits for the moment itself, at most two seconds
    /// away.
    private static void awaitClock(Instant moment) {
        for (var left = left(moment); left.isPositive(); left = left(moment)) {
            LockSupport.parkNanos(left.toNanos());
        }
    }

    private static Duration left(Instant moment) {
        return Duration.between(Instant.now(), moment);
    }

    @Test
    void never_repeats_the_key_that_it_refuses() {
        var mistyped = client.key().replaceAll(".$", "") + "-";
        var answer = refused(with("Bearer " + mistyped), Refusal.keyInvalid());
        assertFalse(answer.text().contains(mistyped.substring(8, 20)), answer::text);
    }

    @Test
    void tells_nothing_about_why_a_key_is_not_valid() {
        var malformed = refused(with("Bearer x"), Refusal.keyInvalid());
        var unknown = refused(with("Bearer sk_test_" + "a1B2c3D4".repeat(5)), Refusal.keyInvalid());
        assertEquals(malformed.words(), unknown.words());
        assertTrue(malformed.words().has("message"));
    }

    /// The gateway shows the authorizer the last value of a header.
    @Test
    void is_not_helped_by_a_good_key_before_a_bad_one() {
        var call = client.onCollection("GET", "").another("Authorization", "Bearer sk_test_" + "a1B2c3D4".repeat(5));
        refused(call.sendRaw(), Refusal.keyInvalid());
    }
}
