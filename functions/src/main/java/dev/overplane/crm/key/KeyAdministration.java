package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues, rotates, revokes and lists API keys. Each method throws a
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
        IssuedKey issued = issue(request, clock.instant());
        table.add(issued, Deadline.in(TIME_LIMIT));
        return issued;
    }

    private IssuedKey issue(KeyRequest request, Instant now) {
        ApiKey secret = ApiKey.issue(request.tenant().livemode(), random);
        return new IssuedKey(StoredKey.issued(secret.id(), request, now), secret);
    }

    /// Rotates a key: issues its successor and gives it an end, both or neither.
    public Rotation rotate(KeyRotation rotation) {
        Deadline deadline = Deadline.in(TIME_LIMIT);
        while (true) {
            Optional<StoredKey> found = table.get(rotation.id(), deadline);
            if (found.isEmpty()) {
                return new Rotation.Missing();
            }
            StoredKey key = found.get();
            Instant now = clock.instant();
            if (!key.isActive(now)) {
                return new Rotation.Ended();
            }
            if (key.successor().isPresent()) {
                return new Rotation.RotatedBefore(key.successor().get());
            }
            IssuedKey successor = issue(key.succession(now), now);
            Optional<StoredKey> rotated = table.rotate(key, rotation.expiresAt(), successor, deadline);
            if (rotated.isPresent()) {
                return new Rotation.Rotated(rotated.get(), successor);
            }
            // It has been rotated or revoked since it was read, which the next look tells.
        }
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
