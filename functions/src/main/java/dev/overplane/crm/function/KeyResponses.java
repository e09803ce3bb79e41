package dev.overplane.crm.function;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.IssuedKey;
import dev.overplane.crm.key.KeyId;
import dev.overplane.crm.key.StoredKey;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Writes API keys as the key functions show them. Times are RFC 3339 in UTC and whole seconds, rounded down; what
/// a key does not have is `null`.
final class KeyResponses {

    private KeyResponses() {}

    /// A key that has just been issued, with its secret.
    static Json.Content issued(IssuedKey issued) {
        return json -> write(json, issued);
    }

    /// A key that has been rotated, and the one that takes its place, with its secret.
    static Json.Content rotated(StoredKey predecessor, IssuedKey successor) {
        return json -> {
            json.writeStartObject();
            json.writeFieldName("predecessor");
            write(json, predecessor);
            json.writeFieldName("successor");
            write(json, successor);
            json.writeEndObject();
        };
    }

    /// A key that has been issued before, without its secret.
    static Json.Content stored(StoredKey key) {
        return json -> write(json, key);
    }

    /// An account's keys.
    static Json.Content list(List<StoredKey> keys) {
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (StoredKey key : keys) {
                write(json, key);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, IssuedKey issued) throws IOException {
        StoredKey key = issued.key();
        json.writeStartObject();
        json.writeStringField("id", key.id().value());
        json.writeStringField("secret", issued.secret().reveal());
        writeProperties(json, key);
        json.writeStringField("name", key.name().orElse(null));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StoredKey key) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", key.id().value());
        writeProperties(json, key);
        writeTime(json, "revoked_at", key.revokedAt());
        writeTime(json, "last_used_at", key.lastUsedAt());
        json.writeStringField("successor", key.successor().map(KeyId::value).orElse(null));
        json.writeStringField("name", key.name().orElse(null));
        json.writeEndObject();
    }

    private static void writeProperties(JsonGenerator json, StoredKey key) throws IOException {
        json.writeStringField("account", key.tenant().account().value());
        json.writeBooleanField("livemode", key.tenant().livemode());
        json.writeStringField("scope", key.scope().label());
        writeTime(json, "created_at", Optional.of(key.createdAt()));
        writeTime(json, "expires_at", key.expiresAt());
    }

    private static void writeTime(JsonGenerator json, String member, Optional<Instant> time) throws IOException {
        json.writeStringField(
                member,
                time.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null));
    }
}
