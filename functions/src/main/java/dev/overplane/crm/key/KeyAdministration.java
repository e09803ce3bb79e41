package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues, revokes and lists API keys. Each method throws a
/// [dev.overplane.crm.dynamodb.StoreUnavailableException] if the store cannot be reached within 3 s.
///
/// Thread-safe.
public final class KeyAdministration {

    /// As for the operations of the API: a failure is known within 5 s.
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final KeyTable table;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random a cryptographically strong source
    public KeyAdministration(KeyTable table, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// Issues a key.
    public IssuedKey issue(KeyRequest request) {
        ApiKey secret = ApiKey.issue(request.tenant().livemode(), random);
        var key = new StoredKey(
                secret.id(),
                request.tenant(),
                request.scope(),
                request.name(),
                clock.instant(),
                request.expiresAt(),
                Optional.empty());
        table.add(key, secret, Deadline.in(TIME_LIMIT));
        return new IssuedKey(key, secret);
    }

    /// Revokes a key. A key that is revoked already keeps the time of its first revocation.
    ///
    /// @return the key as it is now; empty if no key has that id
    public Optional<StoredKey> revoke(KeyId id) {
        return table.revoke(id, clock.instant(), Deadline.in(TIME_LIMIT));
    }

    /// Lists an account's keys of both modes, newest first.
    public List<StoredKey> list(AccountId account) {
        return table.list(account, Deadline.in(TIME_LIMIT));
    }
}
