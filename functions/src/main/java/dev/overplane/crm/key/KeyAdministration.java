package dev.overplane.crm.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Issues, revokes and lists API keys: JSON in, JSON out. Each fails with a
/// [dev.overplane.crm.dynamodb.StoreUnavailableException] if the store cannot be reached.
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

    /// Issues a key. The answer is the one time that its secret is shown.
    ///
    /// @param json `account`, `livemode`, `scope`, and if wanted `expires_at` and `name`
    /// @throws InvalidInputException if it is anything else; nothing has been stored then
    public Json.Content issue(JsonNode json) {
        Input input = Input.of(json, Set.of("account", "livemode", "scope", "expires_at", "name"));
        Instant now = clock.instant();
        var tenant = new Tenant(input.account(), input.livemode());
        ApiKey secret = ApiKey.issue(tenant.livemode(), random);
        var key = new StoredKey(
                secret.id(),
                tenant,
                input.scope(),
                input.name().orElse(null),
                now,
                input.expiresAt(now).orElse(null),
                null);
        table.add(key, secret.hash(), Deadline.in(TIME_LIMIT));
        return generator -> key.writeTo(generator, secret);
    }

    /// Revokes a key, which has no effect if it is revoked already.
    ///
    /// @param json `id`
    /// @throws InvalidInputException if it is anything else, or no key has that id
    public Json.Content revoke(JsonNode json) {
        KeyId id = Input.of(json, Set.of("id")).id();
        StoredKey key = table.revoke(id, clock.instant(), Deadline.in(TIME_LIMIT))
                .orElseThrow(() -> new InvalidInputException("There is no API key with this id."));
        return generator -> key.writeTo(generator, null);
    }

    /// Lists an account's keys, newest first, without their secrets.
    ///
    /// @param json `account`
    /// @throws InvalidInputException if it is anything else
    public Json.Content list(JsonNode json) {
        AccountId account = Input.of(json, Set.of("account")).account();
        List<StoredKey> keys = table.list(account, Deadline.in(TIME_LIMIT));
        return generator -> {
            generator.writeStartObject();
            generator.writeArrayFieldStart("data");
            for (StoredKey key : keys) {
                key.writeTo(generator, null);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        };
    }
}
