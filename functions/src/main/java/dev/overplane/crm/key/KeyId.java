package dev.overplane.crm.key;

import java.util.Optional;
import java.util.regex.Pattern;

/// Identifier of an API key: `key_` and 16 letters and digits. Not a secret.
///
/// @param value the identifier as text
public record KeyId(String value) {

    static final String PREFIX = "key_";
    static final int DIGITS = 16;

    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + DIGITS + "}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an API key's id");
        }
    }

    /// Parses an identifier; empty if `text` does not have its form.
    public static Optional<KeyId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new KeyId(text)) : Optional.empty();
    }
}
