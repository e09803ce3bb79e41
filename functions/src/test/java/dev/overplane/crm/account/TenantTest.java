package dev.overplane.crm.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TenantTest {

    @ParameterizedTest
    @CsvSource({"acct_1, false, acct_1/test", "acct_1, true, acct_1/live", "acct_Z9, true, acct_Z9/live"})
    void a_partition_key_is_account_and_mode_and_never_changes(String account, boolean livemode, String key) {
        assertEquals(key, new Tenant(new AccountId(account), livemode).partitionKey());
    }
}
