package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
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
record KeyItem(
        String id,
        @Nullable SdkBytes hash,
        @Nullable String account,
        @Nullable Boolean livemode,
        @Nullable String scope,
        @Nullable String name,
        @Nullable Long createdAt,
        @Nullable Long expiresAt,
        @Nullable Long revokedAt) {

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
            .build();

    /// The whole item of a key.
    static KeyItem of(StoredKey key, byte[] hash) {
        return new KeyItem(
                key.id().value(),
                SdkBytes.fromByteArray(hash),
                key.tenant().account().value(),
                key.tenant().livemode(),
                key.scope().label(),
                key.name().orElse(null),
                ChronoUnit.MICROS.between(Instant.EPOCH, key.createdAt()),
                key.expiresAt().map(Instant::getEpochSecond).orElse(null),
                key.revokedAt().map(Instant::getEpochSecond).orElse(null));
    }

    /// What a revocation at that time adds to the item of a key.
    static KeyItem revocation(KeyId id, Instant now) {
        return new KeyItem(id.value(), null, null, null, null, null, null, null, now.getEpochSecond());
    }

    /// The key that the item holds.
    StoredKey key() {
        return new StoredKey(
                new KeyId(id),
                new Tenant(new AccountId(present(account, "account")), present(livemode, "livemode")),
                Scope.parse(present(scope, "scope")).orElseThrow(() -> new IllegalStateException("unknown scope")),
                Optional.ofNullable(name),
                Instant.EPOCH.plus(present(createdAt, "created_at"), ChronoUnit.MICROS),
                Optional.ofNullable(expiresAt).map(Instant::ofEpochSecond),
                Optional.ofNullable(revokedAt).map(Instant::ofEpochSecond));
    }

    /// Whether the item holds the hash of that key.
    boolean isOf(ApiKey key) {
        return key.hasHash(present(hash, "hash").asByteArrayUnsafe());
    }

    private static <T> T present(@Nullable T value, String attribute) {
        return Objects.requireNonNull(value, () -> "an API key's item has no " + attribute);
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

        private KeyItem build() {
            return new KeyItem(
                    present(id, "id"), hash, account, livemode, scope, name, createdAt, expiresAt, revokedAt);
        }
    }
}
