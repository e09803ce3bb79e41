package dev.overplane.crm.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"acct_1", "acct_Aa0", "acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void acct_and_1_to_64_letters_and_digits_are_an_id(String text) {
        assertEquals(Optional.of(new AccountId(text)), AccountId.parse(text));
        assertEquals(text, new AccountId(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acct_",
                "1",
                "ACCT_1",
                "acct_a-b",
                "acct_a b",
                " acct_1",
                "acct_1\n",
                "acct_caf\u00e9",
                "acct_a/test",
                "acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anything_else_is_refused(String text) {
        assertEquals(Optional.empty(), AccountId.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new AccountId(text));
    }
}
