package dev.overplane.crm.segment;

import java.util.Optional;
import java.util.regex.Pattern;

/// A client's key that makes a request take effect once: 1 to 255 visible ASCII characters.
///
/// @param value the key
public record IdempotencyKey(String value) {

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an idempotency key");
        }
    }

    /// The key that `text` is, if it has the form of one.
    public static Optional<IdempotencyKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }
}
