package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredKeyTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Tenant TENANT = new Tenant(new AccountId("acct_1"), true);

    @ParameterizedTest
    @CsvSource({
        ",, true",
        "2030-01-01T00:00:01Z,, true",
        "2030-01-01T00:00:00.000000001Z,, true",
        "2030-01-01T00:00:00Z,, false",
        "2029-12-31T23:59:59Z,, false",
        ", 2029-12-31T23:59:59Z, false",
        ", 2030-01-01T00:00:00Z, false",
        ", 2030-01-01T00:00:01Z, false",
        "2031-01-01T00:00:00Z, 2029-12-31T23:59:59Z, false"
    })
    void a_key_works_until_its_expiry_and_not_once_revoked(
            @Nullable Instant expiresAt, @Nullable Instant revokedAt, boolean active) {
        assertEquals(active, key(expiresAt, revokedAt, null).isActive(NOW));
    }

    @Test
    void a_key_identifies_its_caller() {
        assertEquals(
                new Caller(TENANT, Scope.READ_ONLY, "key_0000000000000000", Optional.of(NOW)),
                key(NOW, null, null).caller());
    }

    @ParameterizedTest
    @CsvSource({
        ", true",
        "2029-01-01T00:00:00Z, true",
        "2029-12-31T23:00:00Z, true",
        "2029-12-31T23:00:00.000000001Z, false",
        "2029-12-31T23:59:59Z, false",
        "2030-01-01T00:00:01Z, false"
    })
    void a_use_is_recorded_once_in_an_hour(@Nullable Instant lastUsedAt, boolean recorded) {
        assertEquals(recorded, key(null, null, lastUsedAt).isUseToBeRecorded(NOW));
    }

    @ParameterizedTest
    @CsvSource({
        ", 2030-01-02T00:00:00Z",
        "2030-01-03T00:00:00Z, 2030-01-02T00:00:00Z",
        "2030-01-01T12:00:00Z, 2030-01-01T12:00:00Z"
    })
    void a_rotated_key_ends_when_it_is_told_or_at_its_own_end_if_that_is_earlier(
            @Nullable Instant own, Instant expected) {
        var successor = new KeyId("key_1111111111111111");
        StoredKey rotated = key(own, null, null).rotated(Instant.parse("2030-01-02T00:00:00Z"), successor);
        assertEquals(Optional.of(expected), rotated.expiresAt());
        assertEquals(Optional.of(successor), rotated.successor());
    }

    @Test
    void a_successor_may_do_the_same_and_lives_as_long() {
        Instant end = NOW.plusSeconds(100);
        assertEquals(
                new KeyRequest(TENANT, Scope.READ_ONLY, Optional.of("ours"), Optional.of(end)),
                key(Instant.EPOCH.plusSeconds(100), null, null).succession(NOW));
        assertEquals(Optional.empty(), key(null, null, null).succession(NOW).expiresAt());
    }

    private static StoredKey key(
            @Nullable Instant expiresAt, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
        return new StoredKey(
                new KeyId("key_0000000000000000"),
                TENANT,
                Scope.READ_ONLY,
                Optional.of("ours"),
                Instant.EPOCH,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(revokedAt),
                Optional.ofNullable(lastUsedAt),
                Optional.empty());
    }
}
