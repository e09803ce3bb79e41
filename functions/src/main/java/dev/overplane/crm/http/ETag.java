package dev.overplane.crm.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An entity tag, [RFC 9110, section 8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3).
///
/// @param weak whether the tag vouches for the meaning alone, not for every byte
/// @param opaque what stands between the quotes
public record ETag(boolean weak, String opaque) {

    private static final String WEAK = "W/";
    private static final char QUOTE = '"';

    /// A tag that vouches for every byte.
    public static ETag strong(String opaque) {
        return new ETag(false, opaque);
    }

    /// Whether the value of `If-Match` or `If-None-Match` is `*`: every object that exists matches it.
    public static boolean isAny(String header) {
        return header.strip().equals("*");
    }

    /// Parses a comma-separated list, the other form of those two headers. Empty optional: it is not a list of
    /// at least one tag. Empty elements are passed over, as [section
    /// 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) asks of a recipient.
    public static Optional<List<ETag>> parseList(String header) {
        var list = new Parser(header);
        return list.parse() && !list.tags.isEmpty() ? Optional.of(List.copyOf(list.tags)) : Optional.empty();
    }

    /// The tag as it stands in a header.
    @Override
    public String toString() {
        return (weak ? WEAK : "") + QUOTE + opaque + QUOTE;
    }

    /// Reads a list from left to right, each character once: a regular expression would go back over runs of
    /// spaces.
    private static final class Parser {

        private final String text;
        private final List<ETag> tags = new ArrayList<>();
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        /// Whether the text is a list.
        private boolean parse() {
            while (true) {
                skipSpace();
                readTag();
                skipSpace();
                if (at == text.length()) {
                    return true;
                }
                if (text.charAt(at) != ',') {
                    return false;
                }
                at++;
            }
        }

        /// Reads a tag, if there is one. Anything else stays where it is, in the place of a comma.
        private void readTag() {
            boolean weak = text.startsWith(WEAK, at);
            int opening = weak ? at + WEAK.length() : at;
            if (opening == text.length() || text.charAt(opening) != QUOTE) {
                return;
            }
            int closing = opening + 1;
            while (closing < text.length() && isOpaque(text.charAt(closing))) {
                closing++;
            }
            if (closing == text.length() || text.charAt(closing) != QUOTE) {
                return;
            }
            tags.add(new ETag(weak, text.substring(opening + 1, closing)));
            at = closing + 1;
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private static boolean isOpaque(char character) {
            return character == '!'
                    || (character >= '#' && character <= '~')
                    || (character >= '\u0080' && character <= '\u00ff');
        }
    }
}
