package dev.overplane.crm.key;

import dev.overplane.crm.account.Caller;
import dev.overplane.crm.dynamodb.CorruptItemException;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Identifies callers by their API keys, and records that a key is in use: one write in an hour for each key,
/// whose failure costs the caller nothing but its time limit of 0.5 s.
///
/// Thread-safe.
public final class Authenticator {

    private static final Duration RECORD_TIME_LIMIT = Duration.ofMillis(500);

    private final KeyTable table;
    private final InstantSource clock;

    public Authenticator(KeyTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The caller whom a key identifies; empty if the key is unknown, expired or revoked, or what is stored of
    /// it is damaged.
    ///
    /// @throws dev.overplane.crm.dynamodb.StoreUnavailableException if the store cannot be reached in time
    public Optional<Caller> authenticate(ApiKey key, Deadline deadline) {
        Instant now = clock.instant();
        Optional<StoredKey> active = find(key, deadline).filter(stored -> stored.isActive(now));
        active.filter(stored -> stored.isUseToBeRecorded(now)).ifPresent(stored -> recordUse(stored, now, deadline));
        return active.map(StoredKey::caller);
    }

    private Optional<StoredKey> find(ApiKey key, Deadline deadline) {
        try {
            return table.find(key, deadline);
        } catch (CorruptItemException e) {
            deadline.usage().foundDamaged();
            // Nobody can tell what the key opens, and no later attempt will: to the client it is not valid.
            Log.error("corrupt_item", e, fields -> fields.add("id", key.id().value()));
            return Optional.empty();
        }
    }

    private void recordUse(StoredKey key, Instant now, Deadline deadline) {
        try {
            table.recordUse(key.id(), now, deadline.forPart(RECORD_TIME_LIMIT));
        } catch (RuntimeException e) {
            // A good key is good whether or not its use could be noted.
            Log.error(
                    "last_use_not_recorded",
                    e,
                    fields -> fields.add("key_id", key.id().value()));
        }
    }
}
