package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.CorruptItemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/// An API key as an item of the keys table. A value is `null` if the item lacks the attribute: the index does
/// not hold the hash, and a revocation writes nothing but its time.
///
/// @param id partition key: the key's id
/// @param hash SHA-256 of the key
/// @param createdAt microseconds since the epoch, so that keys of one second have an order
/// @param expiresAt seconds since the epoch
/// @param revokedAt seconds since the epoch
/// @param lastUsedAt seconds since the epoch
/// @param successor the id of the key that takes its place
record KeyItem(
        String id,
        @Nullable SdkBytes hash,
        @Nullable String account,
        @Nullable Boolean livemode,
        @Nullable String scope,
        @Nullable String name,
        @Nullable Long createdAt,
        @Nullable Long expiresAt,
        @Nullable Long revokedAt,
        @Nullable Long lastUsedAt,
        @Nullable String successor) {

    /// Index of an account's keys by `created_at`.
    static final String INDEX = "by_account";

    // Built attribute by attribute: the SDK's schemas from annotations read the class by reflection.
    static final TableSchema<KeyItem> SCHEMA = StaticImmutableTableSchema.builder(KeyItem.class, Builder.class)
            .newItemBuilder(Builder::new, Builder::build)
            .addAttribute(
                    String.class,
                    a -> a.name("id")
                            .getter(KeyItem::id)
                            .setter((item, value) -> item.id = value)
                            .tags(StaticAttributeTags.primaryPartitionKey()))
            .addAttribute(
                    SdkBytes.class,
                    a -> a.name("hash").getter(KeyItem::hash).setter((item, value) -> item.hash = value))
            .addAttribute(
                    String.class,
                    a -> a.name("account")
                            .getter(KeyItem::account)
                            .setter((item, value) -> item.account = value)
                            .tags(StaticAttributeTags.secondaryPartitionKey(INDEX)))
            .addAttribute(
                    Boolean.class,
                    a -> a.name("livemode").getter(KeyItem::livemode).setter((item, value) -> item.livemode = value))
            .addAttribute(
                    String.class,
                    a -> a.name("scope").getter(KeyItem::scope).setter((item, value) -> item.scope = value))
            .addAttribute(
                    String.class, a -> a.name("name").getter(KeyItem::name).setter((item, value) -> item.name = value))
            .addAttribute(
                    Long.class,
                    a -> a.name("created_at")
                            .getter(KeyItem::createdAt)
                            .setter((item, value) -> item.createdAt = value)
                            .tags(StaticAttributeTags.secondarySortKey(INDEX)))
            .addAttribute(
                    Long.class,
                    a -> a.name("expires_at")
                            .getter(KeyItem::expiresAt)
                            .setter((item, value) -> item.expiresAt = value))
            .addAttribute(
                    Long.class,
                    a -> a.name("revoked_at")
                            .getter(KeyItem::revokedAt)
                            .setter((item, value) -> item.revokedAt = value))
            .addAttribute(
                    Long.class,
                    a -> a.name("last_used_at")
                            .getter(KeyItem::lastUsedAt)
                            .setter((item, value) -> item.lastUsedAt = value))
            .addAttribute(
                    String.class,
                    a -> a.name("successor").getter(KeyItem::successor).setter((item, value) -> item.successor = value))
            .build();

    /// The whole item of a key that has just been issued.
    static KeyItem of(IssuedKey issued) {
        StoredKey key = issued.key();
        return new KeyItem(
                key.id().value(),
                SdkBytes.fromByteArray(issued.secret().hash()),
                key.tenant().account().value(),
                key.tenant().livemode(),
                key.scope().label(),
                key.name().orElse(null),
                ChronoUnit.MICROS.between(Instant.EPOCH, key.createdAt()),
                key.expiresAt().map(Instant::getEpochSecond).orElse(null),
                null,
                null,
                null);
    }

    /// What a revocation at that time adds to the item of a key.
    static KeyItem revocation(KeyId id, Instant now) {
        return change(id, null, now.getEpochSecond(), null, null);
    }

    /// What a use at that time adds to the item of a key.
    static KeyItem use(KeyId id, Instant now) {
        return change(id, null, null, now.getEpochSecond(), null);
    }

    /// What a rotation adds to the item of the key that is rotated.
    static KeyItem rotation(KeyId id, Instant expiresAt, KeyId successor) {
        return change(id, expiresAt.getEpochSecond(), null, null, successor.value());
    }

    private static KeyItem change(
            KeyId id,
            @Nullable Long expiresAt,
            @Nullable Long revokedAt,
            @Nullable Long lastUsedAt,
            @Nullable String successor) {
        return new KeyItem(id.value(), null, null, null, null, null, null, expiresAt, revokedAt, lastUsedAt, successor);
    }

    /// The key that the item holds.
    ///
    /// @throws CorruptItemException if the item is not a key as this code writes it
    StoredKey key() {
        return new StoredKey(
                parsed("id", id, KeyId::new),
                new Tenant(
                        parsed("account", present("account", account), AccountId::new), present("livemode", livemode)),
                Scope.parse(present("scope", scope)).orElseThrow(() -> new CorruptItemException(id, "scope")),
                Optional.ofNullable(name),
                Instant.EPOCH.plus(present("created_at", createdAt), ChronoUnit.MICROS),
                Optional.ofNullable(expiresAt).map(seconds -> parsed("expires_at", seconds, Instant::ofEpochSecond)),
                Optional.ofNullable(revokedAt).map(seconds -> parsed("revoked_at", seconds, Instant::ofEpochSecond)),
                Optional.ofNullable(lastUsedAt).map(seconds -> parsed("last_used_at", seconds, Instant::ofEpochSecond)),
                Optional.ofNullable(successor).map(key -> parsed("successor", key, KeyId::new)));
    }

    /// The key that the item holds, which says its mode itself: an item that was spoiled must not open the
    /// other.
    ///
    /// @throws CorruptItemException if the item is not a key of that mode as this code writes it
    StoredKey key(boolean livemode) {
        StoredKey key = key();
        if (key.tenant().livemode() != livemode) {
            throw new CorruptItemException(id, "livemode");
        }
        return key;
    }

    /// Whether the item holds the hash of that key.
    ///
    /// @throws CorruptItemException if it holds none
    boolean isOf(ApiKey key) {
        return key.hasHash(storedHash());
    }

    /// @throws CorruptItemException if it holds none
    byte[] storedHash() {
        return present("hash", hash).asByteArrayUnsafe();
    }

    private <T> T present(String attribute, @Nullable T value) {
        if (value == null) {
            throw new CorruptItemException(id, attribute);
        }
        return value;
    }

    private <T, R> R parsed(String attribute, T value, Function<T, R> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CorruptItemException(id, attribute);
        }
    }

    /// An item while the schema reads it. Confined to one thread.
    private static final class Builder {

        private @Nullable String id;
        private @Nullable SdkBytes hash;
        private @Nullable String account;
        private @Nullable Boolean livemode;
        private @Nullable String scope;
        private @Nullable String name;
        private @Nullable Long createdAt;
        private @Nullable Long expiresAt;
        private @Nullable Long revokedAt;
        private @Nullable Long lastUsedAt;
        private @Nullable String successor;

        private KeyItem build() {
            return new KeyItem(
                    Objects.requireNonNull(id, "a key has no id"),
                    hash,
                    account,
                    livemode,
                    scope,
                    name,
                    createdAt,
                    expiresAt,
                    revokedAt,
                    lastUsedAt,
                    successor);
        }
    }
}
