package dev.overplane.crm.account;

import java.util.Optional;
import java.util.regex.Pattern;

/// Identifier of an account: `acct_` and 1 to 64 letters and digits.
///
/// @param value the identifier as text
public record AccountId(String value) {

    private static final Pattern FORM = Pattern.compile("acct_[0-9A-Za-z]{1,64}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an account id");
        }
    }

    /// Parses an identifier; empty if `text` does not have its form.
    public static Optional<AccountId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new AccountId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
