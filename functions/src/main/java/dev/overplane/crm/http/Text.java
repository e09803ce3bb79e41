package dev.overplane.crm.http;

/// Text that came from a client and goes back to it.
final class Text {

    private static final int MAX_CHARS = 100;

    private Text() {}

    /// `text`, cut to a decent length, with a replacement character for what cannot be shown or encoded.
    static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(MAX_CHARS).forEach(codePoint -> {
            boolean unfit = Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
            shown.appendCodePoint(unfit ? '\uFFFD' : codePoint);
        });
        return shown.toString();
    }
}
