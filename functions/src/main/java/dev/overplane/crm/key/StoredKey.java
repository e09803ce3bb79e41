package dev.overplane.crm.key;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Caller;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What is known of an API key, without the key and its hash.
///
/// @param id its identifier
/// @param tenant the account and mode that it opens
/// @param scope what it may do
/// @param name what its owner calls it, if anything
/// @param createdAt when it was issued
/// @param expiresAt from when on it is refused, if ever
/// @param revokedAt when it was revoked, if it was
public record StoredKey(
        KeyId id,
        Tenant tenant,
        Scope scope,
        @Nullable String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /// Whether it opens anything at that time.
    boolean isActive(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    /// The caller whom it identifies.
    Caller caller() {
        return new Caller(tenant, scope, id.value());
    }

    /// The account that it belongs to.
    AccountId account() {
        return tenant.account();
    }

    /// Writes it as an object, the secret included if there is one to show.
    void writeTo(JsonGenerator json, @Nullable ApiKey secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id.value());
        if (secret != null) {
            json.writeStringField("secret", secret.reveal());
        }
        json.writeStringField("account", account().value());
        json.writeBooleanField("livemode", tenant.livemode());
        json.writeStringField("scope", scope.label());
        json.writeStringField("created_at", text(createdAt));
        json.writeStringField("expires_at", text(expiresAt));
        if (secret == null) {
            json.writeStringField("revoked_at", text(revokedAt));
        }
        json.writeStringField("name", name);
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
