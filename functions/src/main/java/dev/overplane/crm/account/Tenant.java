package dev.overplane.crm.account;

/// One account in one mode: what an API key opens, and the wall that no request crosses.
///
/// @param account the account
/// @param livemode whether the data is live; test and live data never meet
public record Tenant(AccountId account, boolean livemode) {

    /// The tenant's name in the tables, such as `acct_1/test`. Stored: it must never change.
    public String partitionKey() {
        return account.value() + "/" + mode();
    }

    /// The mode as it stands in keys: `live` or `test`.
    public String mode() {
        return livemode ? "live" : "test";
    }
}
