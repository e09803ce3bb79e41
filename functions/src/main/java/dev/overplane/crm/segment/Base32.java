package dev.overplane.crm.segment;

/// Numbers in lower-case digits of [Crockford's base 32](https://www.crockford.com/base32.html). Numerals of
/// equal length sort as their numbers do.
public final class Base32 {

    /// The digits, none of which is easily taken for another.
    public static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    /// Bits of a digit.
    static final int BITS = 5;

    private Base32() {}

    /// The lowest bits of `number` in exactly `digits` digits.
    public static String encode(long number, int digits) {
        var text = new char[digits];
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & ((1 << BITS) - 1)));
            rest >>>= BITS;
        }
        return new String(text);
    }

    /// The number that those digits stand for.
    ///
    /// @param digits digits of [#DIGITS] alone
    public static long decode(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number << BITS | DIGITS.indexOf(digits.charAt(i));
        }
        return number;
    }
}
