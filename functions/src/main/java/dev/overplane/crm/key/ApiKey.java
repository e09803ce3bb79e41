package dev.overplane.crm.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// An API key, the secret itself: `sk_test_` or `sk_live_`, and 50 digits of base 62.
///
/// | digits | what | why |
/// | --- | --- | --- |
/// | 16 | id | finds the stored hash, so that the table needs no index by hash |
/// | 28 | random | 166 bits: the key cannot be guessed |
/// | 6 | checksum | refuses a mistyped key without a look-up |
///
/// Not a record, and `toString` is redacted, so that no log or debugger prints the key in passing. Immutable.
public final class ApiKey {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String TEST = "test";
    private static final String LIVE = "live";
    private static final int SECRET_DIGITS = 28;
    private static final int CHECKSUM_DIGITS = 6;
    private static final Pattern FORM =
            Pattern.compile("(?<checked>sk_(?<mode>" + TEST + "|" + LIVE + ")_(?<id>[0-9A-Za-z]{" + KeyId.DIGITS
                    + "})[0-9A-Za-z]{" + SECRET_DIGITS + "})(?<checksum>[0-9A-Za-z]{" + CHECKSUM_DIGITS + "})");

    private final String text;
    private final boolean livemode;
    private final KeyId id;

    private ApiKey(String text, boolean livemode, KeyId id) {
        this.text = text;
        this.livemode = livemode;
        this.id = id;
    }

    /// Makes a new key.
    ///
    /// @param livemode whether it opens live data
    /// @param random a cryptographically strong source
    static ApiKey issue(boolean livemode, RandomGenerator random) {
        String id = digits(KeyId.DIGITS, random);
        String checked = "sk_" + (livemode ? LIVE : TEST) + "_" + id + digits(SECRET_DIGITS, random);
        return new ApiKey(checked + checksum(checked), livemode, new KeyId(KeyId.PREFIX + id));
    }

    /// Parses a key; empty if `text` does not have its form or its checksum.
    public static Optional<ApiKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && checksum(matcher.group("checked")).equals(matcher.group("checksum"))
                ? Optional.of(new ApiKey(
                        text, matcher.group("mode").equals(LIVE), new KeyId(KeyId.PREFIX + matcher.group("id"))))
                : Optional.empty();
    }

    /// Whether it opens live data.
    boolean livemode() {
        return livemode;
    }

    /// The key's identifier.
    public KeyId id() {
        return id;
    }

    /// The key in full. Show it to its owner once, and nowhere else.
    public String reveal() {
        return text;
    }

    /// SHA-256 of the key: all that is stored of the secret. A fast hash is enough, because 166
    /// random bits cannot be tried out.
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether `hash` is the hash of this key. The comparison takes the same time wherever the two differ.
    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(hash(), hash);
    }

    @Override
    public String toString() {
        return id.value() + " (redacted)";
    }

    private static String digits(int count, RandomGenerator random) {
        var digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }

    private static String checksum(String checked) {
        var crc = new CRC32();
        crc.update(checked.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        var digits = new StringBuilder(CHECKSUM_DIGITS);
        for (int i = 0; i < CHECKSUM_DIGITS; i++) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return digits.toString();
    }
}
