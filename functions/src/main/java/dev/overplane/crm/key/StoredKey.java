package dev.overplane.crm.key;

import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
/// @param lastUsedAt when it was last used, to within an hour, if it ever was
/// @param successor the key that was issued to take its place, if it was rotated
public record StoredKey(
        KeyId id,
        Tenant tenant,
        Scope scope,
        Optional<String> name,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt,
        Optional<KeyId> successor) {

    /// How far `lastUsedAt` may be behind: its price is one write in that time.
    static final Duration LAST_USE_ACCURACY = Duration.ofHours(1);

    /// A key that has just been issued.
    static StoredKey issued(KeyId id, KeyRequest request, Instant now) {
        return new StoredKey(
                id,
                request.tenant(),
                request.scope(),
                request.name(),
                now,
                request.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether it works at that time.
    boolean isActive(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /// Whether a use at that time is yet to be recorded.
    boolean isUseToBeRecorded(Instant now) {
        return lastUsedAt
                .filter(last -> last.plus(LAST_USE_ACCURACY).isAfter(now))
                .isEmpty();
    }

    /// What its successor is to be, at that time: the same, with as long a life from then on.
    KeyRequest succession(Instant now) {
        return new KeyRequest(
                tenant,
                scope,
                name,
                expiresAt.map(end -> now.plus(Duration.between(createdAt, end)).truncatedTo(ChronoUnit.SECONDS)));
    }

    /// The key once it has been rotated.
    ///
    /// @param end its end, unless it has an earlier one
    StoredKey rotated(Instant end, KeyId heir) {
        Instant earlier = expiresAt.filter(own -> own.isBefore(end)).orElse(end);
        return new StoredKey(
                id, tenant, scope, name, createdAt, Optional.of(earlier), revokedAt, lastUsedAt, Optional.of(heir));
    }

    /// The caller whom it identifies.
    Caller caller() {
        return new Caller(tenant, scope, id.value(), expiresAt);
    }
}
