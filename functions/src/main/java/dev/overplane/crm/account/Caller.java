package dev.overplane.crm.account;

import java.time.Instant;
import java.util.Optional;

/// Who sent a request: what the authorizer knows from the API key.
///
/// @param tenant the account and mode that the key opens
/// @param scope what the key may do
/// @param keyId the key's identifier, for the logs
/// @param expiresAt the instant from which on the key does not work, if ever; API Gateway may go on to hand out
///     what the authorizer said before it
public record Caller(Tenant tenant, Scope scope, String keyId, Optional<Instant> expiresAt) {

    /// Whether the key no longer works at that time.
    public boolean isExpired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
