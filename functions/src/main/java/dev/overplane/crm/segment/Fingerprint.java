package dev.overplane.crm.segment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Tells a request from other requests with the same idempotency key: the SHA-256 of what makes two of them
/// equal. The [draft of the
/// header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/) calls it the
/// idempotency fingerprint.
///
/// @param hex 64 hexadecimal digits, in lower case
public record Fingerprint(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Fingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a fingerprint");
        }
    }

    /// The fingerprint of the requests that this text describes.
    ///
    /// @param description the same text for equal requests, and for no others
    public static Fingerprint of(String description) {
        try {
            return new Fingerprint(HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(description.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
