package dev.overplane.crm.key;

import java.time.Duration;
import java.time.Instant;

/// What to rotate.
///
/// @param id the key
/// @param expiresAt when it stops to work, unless it does so earlier anyhow; in whole seconds
public record KeyRotation(KeyId id, Instant expiresAt) {

    /// How long a key goes on to work beside its successor, unless said otherwise.
    public static final Duration STANDARD_OVERLAP = Duration.ofHours(24);
}
