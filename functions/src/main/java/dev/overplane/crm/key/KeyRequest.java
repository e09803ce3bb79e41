package dev.overplane.crm.key;

import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.util.Optional;

/// The properties of a key to issue.
///
/// @param tenant the account and mode that it opens
/// @param scope what it may do
/// @param name what its owner calls it, if anything
/// @param expiresAt when it stops to work, if ever
public record KeyRequest(Tenant tenant, Scope scope, Optional<String> name, Optional<Instant> expiresAt) {}
