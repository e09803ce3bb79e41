package dev.overplane.crm.segment;

import dev.overplane.crm.account.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Identifier of a market segment: `market-segment_` and 36 lower-case letters and digits.
///
/// | digits (base 32) | what | why |
/// | --- | --- | --- |
/// | 5 | page | tells, with the time, the object's place in the listing, even after it has been deleted |
/// | 11 | creation time, µs | orders the objects of a page |
/// | 16 | random | 80 bits: nobody guesses it |
/// | 4 | checksum | tells a mistyped or foreign id from one of this tenant without a look-up; it is no secret |
///
/// Ids of one tenant sort as its objects do.
///
/// @param value the identifier as text
public record SegmentId(String value) implements Comparable<SegmentId> {

    public static final String PREFIX = "market-segment_";

    private static final int PAGE_DIGITS = Position.PAGE_BITS / Base32.BITS;
    private static final int TIME_DIGITS = Timestamp.BITS / Base32.BITS;
    private static final int RANDOM_DIGITS = 16;
    private static final int CHECKSUM_DIGITS = 4;
    private static final int TIME_AT = PREFIX.length() + PAGE_DIGITS;
    private static final int RANDOM_AT = TIME_AT + TIME_DIGITS;
    private static final int CHECKSUM_AT = RANDOM_AT + RANDOM_DIGITS;
    private static final int LENGTH = CHECKSUM_AT + CHECKSUM_DIGITS;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[" + Base32.DIGITS + "]{" + (LENGTH - PREFIX.length()) + "}");

    public SegmentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a market segment's id");
        }
    }

    /// Issues an identifier for an object of that tenant at that position.
    public static SegmentId issue(Tenant tenant, Position position, RandomGenerator random) {
        String checked = pagePrefix(position.page())
                + Base32.encode(position.createdAt().micros(), TIME_DIGITS)
                + Base32.encode(random.nextLong(), RANDOM_DIGITS / 2)
                + Base32.encode(random.nextLong(), RANDOM_DIGITS / 2);
        return new SegmentId(checked + checksum(tenant, checked));
    }

    /// The identifier that `text` is, if it has the form of one.
    public static Optional<SegmentId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SegmentId(text)) : Optional.empty();
    }

    /// What the ids of all objects in a page begin with.
    public static String pagePrefix(long page) {
        return PREFIX + Base32.encode(page, PAGE_DIGITS);
    }

    /// Where the object stands, or stood, in its tenant's order.
    public Position position() {
        return new Position(
                Base32.decode(value.substring(PREFIX.length(), TIME_AT)),
                new Timestamp(Base32.decode(value.substring(TIME_AT, RANDOM_AT))));
    }

    /// Whether the identifier was issued to that tenant; wrong once in a million. It does not say that the
    /// object exists.
    public boolean issuedTo(Tenant tenant) {
        return value.endsWith(checksum(tenant, value.substring(0, CHECKSUM_AT)));
    }

    private static String checksum(Tenant tenant, String checked) {
        var crc = new CRC32();
        crc.update((tenant.partitionKey() + checked).getBytes(StandardCharsets.UTF_8));
        return Base32.encode(crc.getValue(), CHECKSUM_DIGITS);
    }

    @Override
    public int compareTo(SegmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
