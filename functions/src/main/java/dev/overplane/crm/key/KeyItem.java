package dev.overplane.crm.key;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/// An API key as an item of the keys table, in the shape that the SDK's enhanced client maps. Confined to one
/// thread.
final class KeyItem {

    /// Partition key: the key's id.
    static final String ID = "id";
    static final String HASH = "hash";
    /// Microseconds since the epoch, so that keys of one second have an order; the other times are in seconds.
    static final String CREATED_AT = "created_at";
    static final String REVOKED_AT = "revoked_at";
    /// Index of an account's keys by `created_at`, without their hashes.
    static final String INDEX = "by_account";

    static final TableSchema<KeyItem> SCHEMA = StaticTableSchema.builder(KeyItem.class)
            .newItemSupplier(KeyItem::new)
            .addAttribute(
                    String.class,
                    a -> a.name(ID)
                            .getter(item -> item.id)
                            .setter((item, value) -> item.id = value)
                            .tags(StaticAttributeTags.primaryPartitionKey()))
            .addAttribute(
                    SdkBytes.class,
                    a -> a.name(HASH).getter(item -> item.hash).setter((item, value) -> item.hash = value))
            .addAttribute(
                    String.class,
                    a -> a.name("account")
                            .getter(item -> item.account)
                            .setter((item, value) -> item.account = value)
                            .tags(StaticAttributeTags.secondaryPartitionKey(INDEX)))
            .addAttribute(
                    Boolean.class,
                    a -> a.name("livemode")
                            .getter(item -> item.livemode)
                            .setter((item, value) -> item.livemode = value))
            .addAttribute(
                    String.class,
                    a -> a.name("scope").getter(item -> item.scope).setter((item, value) -> item.scope = value))
            .addAttribute(
                    String.class,
                    a -> a.name("name").getter(item -> item.name).setter((item, value) -> item.name = value))
            .addAttribute(
                    Long.class,
                    a -> a.name(CREATED_AT)
                            .getter(item -> item.createdAt)
                            .setter((item, value) -> item.createdAt = value)
                            .tags(StaticAttributeTags.secondarySortKey(INDEX)))
            .addAttribute(
                    Long.class,
                    a -> a.name("expires_at")
                            .getter(item -> item.expiresAt)
                            .setter((item, value) -> item.expiresAt = value))
            .addAttribute(
                    Long.class,
                    a -> a.name(REVOKED_AT)
                            .getter(item -> item.revokedAt)
                            .setter((item, value) -> item.revokedAt = value))
            .build();

    private @Nullable String id;
    private @Nullable SdkBytes hash;
    private @Nullable String account;
    private @Nullable Boolean livemode;
    private @Nullable String scope;
    private @Nullable String name;
    private @Nullable Long createdAt;
    private @Nullable Long expiresAt;
    private @Nullable Long revokedAt;

    private KeyItem() {}

    static KeyItem of(StoredKey key, byte[] hash) {
        var item = new KeyItem();
        item.id = key.id().value();
        item.hash = SdkBytes.fromByteArray(hash);
        item.account = key.account().value();
        item.livemode = key.tenant().livemode();
        item.scope = key.scope().label();
        item.name = key.name();
        item.createdAt = ChronoUnit.MICROS.between(Instant.EPOCH, key.createdAt());
        item.expiresAt = key.expiresAt() == null ? null : key.expiresAt().getEpochSecond();
        item.revokedAt = key.revokedAt() == null ? null : key.revokedAt().getEpochSecond();
        return item;
    }

    StoredKey key() {
        return new StoredKey(
                new KeyId(present(id, ID)),
                new Tenant(new AccountId(present(account, "account")), present(livemode, "livemode")),
                Scope.of(present(scope, "scope")).orElseThrow(() -> new IllegalStateException("unknown scope")),
                name,
                Instant.EPOCH.plus(present(createdAt, CREATED_AT), ChronoUnit.MICROS),
                expiresAt == null ? null : Instant.ofEpochSecond(expiresAt),
                revokedAt == null ? null : Instant.ofEpochSecond(revokedAt));
    }

    byte[] hash() {
        return present(hash, HASH).asByteArray();
    }

    private static <T> T present(@Nullable T value, String attribute) {
        return Objects.requireNonNull(value, () -> "an API key's item has no " + attribute);
    }
}
