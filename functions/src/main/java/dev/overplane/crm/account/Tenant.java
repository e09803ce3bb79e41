package dev.overplane.crm.account;

import java.util.Optional;
import java.util.stream.Stream;

/// One account in one mode: what an API key opens, and the wall that no request crosses.
///
/// @param account the account
/// @param livemode whether the data is live; test and live data never meet
public record Tenant(AccountId account, boolean livemode) {

    /// The tenant that a partition key is the name of; empty if it is none's.
    public static Optional<Tenant> parse(String partitionKey) {
        int slash = partitionKey.indexOf('/');
        return AccountId.parse(partitionKey.substring(0, Math.max(slash, 0)))
                .flatMap(account -> Stream.of(new Tenant(account, false), new Tenant(account, true))
                        .filter(tenant -> tenant.partitionKey().equals(partitionKey))
                        .findFirst());
    }

    /// The tenant's name in the tables, such as `acct_1/test`. Stored: it must never change.
    public String partitionKey() {
        return account.value() + "/" + mode();
    }

    /// The mode as it stands in keys: `live` or `test`.
    public String mode() {
        return livemode ? "live" : "test";
    }
}
