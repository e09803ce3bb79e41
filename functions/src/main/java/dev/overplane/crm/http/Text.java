package dev.overplane.crm.http;

/// Makes text that came from a client fit to go back to it.
final class Text {

    private static final int MAX_CODE_POINTS = 100;

    private Text() {}

    /// The first 100 code points of `text`, with U+FFFD in place of control characters and lone surrogates.
    static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(MAX_CODE_POINTS).forEach(codePoint -> {
            boolean unfit = Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
            shown.appendCodePoint(unfit ? '\uFFFD' : codePoint);
        });
        return shown.toString();
    }
}
