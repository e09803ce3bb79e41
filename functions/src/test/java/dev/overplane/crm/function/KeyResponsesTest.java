package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.ApiKey;
import dev.overplane.crm.key.IssuedKey;
import dev.overplane.crm.key.KeyId;
import dev.overplane.crm.key.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyResponsesTest {

    private static final ApiKey SECRET = ApiKey.parse("sk_test_000000000000000000000000000000000000000000004k6zQ2")
            .orElseThrow();

    private static StoredKey key(Optional<String> name, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
        return new StoredKey(
                SECRET.id(),
                new Tenant(new AccountId("acct_1"), false),
                Scope.READ_ONLY,
                name,
                Instant.parse("2026-01-02T03:04:05.999999Z"),
                expiresAt,
                revokedAt,
                Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
                Optional.of(new KeyId("key_1111111111111111")));
    }

    @Test
    void an_issued_key_shows_its_secret() {
        StoredKey key = key(Optional.of("ours"), Optional.of(Instant.parse("2030-01-01T00:00:00Z")), Optional.empty());
        assertEquals("""
                {"id":"key_0000000000000000",\
                "secret":"sk_test_000000000000000000000000000000000000000000004k6zQ2",\
                "account":"acct_1","livemode":false,"scope":"read_only","created_at":"2026-01-02T03:04:05Z",\
                "expires_at":"2030-01-01T00:00:00Z","name":"ours"}""", Json.write(KeyResponses.issued(new IssuedKey(key, SECRET))));
    }

    @Test
    void a_stored_key_shows_its_revocation_instead() {
        StoredKey key = key(Optional.empty(), Optional.empty(), Optional.of(Instant.parse("2027-01-01T00:00:00Z")));
        assertEquals("""
                {"id":"key_0000000000000000",\
                "account":"acct_1","livemode":false,"scope":"read_only","created_at":"2026-01-02T03:04:05Z",\
                "expires_at":null,"revoked_at":"2027-01-01T00:00:00Z","last_used_at":"2026-06-01T00:00:00Z",\
                "successor":"key_1111111111111111","name":null}""", Json.write(KeyResponses.stored(key)));
    }

    @Test
    void a_rotation_shows_both_keys_and_the_secret_of_the_successor() {
        StoredKey key = key(Optional.empty(), Optional.empty(), Optional.empty());
        var successor = new IssuedKey(key, SECRET);
        assertEquals(
                "{\"predecessor\":" + Json.write(KeyResponses.stored(key)) + ",\"successor\":"
                        + Json.write(KeyResponses.issued(successor)) + "}",
                Json.write(KeyResponses.rotated(key, successor)));
    }

    @Test
    void keys_are_listed_in_their_order() {
        StoredKey one = key(Optional.of("one"), Optional.empty(), Optional.empty());
        StoredKey two = key(Optional.of("two"), Optional.empty(), Optional.empty());
        assertEquals(
                "{\"data\":[" + Json.write(KeyResponses.stored(one)) + "," + Json.write(KeyResponses.stored(two))
                        + "]}",
                Json.write(KeyResponses.list(List.of(one, two))));
        assertEquals("{\"data\":[]}", Json.write(KeyResponses.list(List.of())));
    }
}
