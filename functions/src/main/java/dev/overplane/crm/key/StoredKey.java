package dev.overplane.crm.key;

import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.util.Optional;

/// What is known of an API key, without the key and its hash.
///
/// @param id its identifier
/// @param tenant the account and mode that it opens
/// @param scope what it may do
/// @param name what its owner calls it, if anything
/// @param createdAt when it was issued
/// @param expiresAt the instant from which on it does not work, if ever
/// @param revokedAt when it was revoked, if it was
public record StoredKey(
        KeyId id,
        Tenant tenant,
        Scope scope,
        Optional<String> name,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    /// Whether it works at that time.
    boolean isActive(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /// The caller whom it identifies.
    Caller caller() {
        return new Caller(tenant, scope, id.value());
    }
}
