package dev.overplane.crm.key;

import dev.overplane.crm.account.Caller;
import dev.overplane.crm.dynamodb.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Identifies callers by their API keys.
///
/// Thread-safe.
public final class Authenticator {

    /// Short enough that a client hears within 5 s even if the store is out of reach.
    private static final Duration TIME_LIMIT = Duration.ofMillis(2_500);

    private final KeyTable table;
    private final InstantSource clock;

    public Authenticator(KeyTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The caller whom a key identifies; empty if the key is unknown, expired or revoked.
    ///
    /// @throws dev.overplane.crm.dynamodb.StoreUnavailableException if the store cannot be reached within 2.5 s
    public Optional<Caller> authenticate(ApiKey key) {
        return table.find(key, Deadline.in(TIME_LIMIT))
                .filter(stored -> stored.isActive(clock.instant()))
                .map(StoredKey::caller);
    }
}
