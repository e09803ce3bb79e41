package dev.overplane.crm.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An entity tag, [RFC 9110, section 8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3).
///
/// @param weak whether the tag vouches for the meaning alone, not for every byte
/// @param opaque what stands between the quotes
public record ETag(boolean weak, String opaque) {

    private static final Pattern ELEMENT =
            Pattern.compile("\\s*(?<weak>W/)?\"(?<opaque>[!\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");

    /// A tag that vouches for every byte.
    public static ETag strong(String opaque) {
        return new ETag(false, opaque);
    }

    /// Whether the value of `If-Match` or `If-None-Match` is `*`: every object that exists matches it.
    public static boolean isAny(String header) {
        return header.strip().equals("*");
    }

    /// Parses a comma-separated list, the other form of those two headers. Empty optional: it is not a list of
    /// at least one tag.
    public static Optional<List<ETag>> parseList(String header) {
        var tags = new ArrayList<ETag>();
        Matcher matcher = ELEMENT.matcher(header);
        int end = 0;
        while (end < header.length()) {
            if (!matcher.find() || matcher.start() != end) {
                return Optional.empty();
            }
            end = matcher.end();
            tags.add(new ETag(matcher.group("weak") != null, matcher.group("opaque")));
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(tags));
    }

    /// The tag as it stands in a header.
    @Override
    public String toString() {
        return (weak ? "W/" : "") + '"' + opaque + '"';
    }
}
