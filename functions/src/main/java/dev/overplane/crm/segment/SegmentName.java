package dev.overplane.crm.segment;

import java.util.Optional;

/// The name of a market segment, `market_segment` on the wire: 1 to 255 Unicode code points, kept exactly as
/// sent. It has no control characters and no lone surrogates, and is not blank.
///
/// @param value the name as text
public record SegmentName(String value) {

    /// Most code points of a name.
    public static final int MAX_CODE_POINTS = 255;

    public SegmentName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a market segment's name");
        }
    }

    /// The name that `text` is, if it is valid.
    public static Optional<SegmentName> parse(String text) {
        return isValid(text) ? Optional.of(new SegmentName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.codePoints().allMatch(SegmentName::isSpace)
                && text.codePoints().noneMatch(SegmentName::isForbidden)
                && text.codePointCount(0, text.length()) <= MAX_CODE_POINTS;
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
