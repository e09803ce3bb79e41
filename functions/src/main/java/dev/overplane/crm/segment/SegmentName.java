package dev.overplane.crm.segment;

import java.util.Optional;

/// The text of a market segment: 1 to 255 Unicode code points, kept exactly as sent, without control characters
/// and lone surrogates, and not blank.
///
/// @param value the text
public record SegmentName(String value) {

    /// Most code points.
    public static final int MAX_CODE_POINTS = 255;

    public SegmentName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a market segment's text");
        }
    }

    /// The text as a value, if it is fit to be one.
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
