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
    void a_key_works_until_its_expiry_and_not_once_revoked(Instant expiresAt, Instant revokedAt, boolean active) {
        assertEquals(active, key(expiresAt, revokedAt).isActive(Instant.parse("2030-01-01T00:00:00Z")));
    }

    @Test
    void a_key_identifies_its_caller() {
        assertEquals(
                new Caller(TENANT, Scope.READ_ONLY, "key_0000000000000000"),
                key(null, null).caller());
    }

    private static StoredKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new StoredKey(
                new KeyId("key_0000000000000000"),
                TENANT,
                Scope.READ_ONLY,
                Optional.empty(),
                Instant.EPOCH,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(revokedAt));
    }
}
