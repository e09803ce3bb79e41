package dev.overplane.crm.http;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Entity tags, [RFC 9110, section 8.8.3](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3). Ours are
/// strong, and the quoted version of the object.
public final class ETag {

    private static final Pattern TAG =
            Pattern.compile("\\s*(?<weak>W/)?\"(?<tag>[!\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /// As many as a DynamoDB condition can compare with.
    private static final int MAX_VERSIONS = 100;

    private ETag() {}

    /// The tag of an object's version.
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /// The versions that `If-Match` asks for. None of them: no object has a chance. Nothing: the header is
    /// absent, or `*`, which any object that exists fulfils.
    ///
    /// @throws ApiException if the header cannot be understood: to ignore a precondition could destroy
    ///     somebody's work
    public static Optional<Set<Long>> ifMatch(HttpRequest request) {
        Optional<String> header = request.listHeader("If-Match");
        if (header.isEmpty() || header.get().strip().equals("*")) {
            return Optional.empty();
        }
        // RFC 9110, section 13.1.1: If-Match compares strongly, so a weak tag never matches.
        return Optional.of(versions(header.get(), false)
                .filter(versions -> versions.size() <= MAX_VERSIONS)
                .orElseThrow(() -> ApiException.invalid(
                        "If-Match", "If-Match must be * or the ETag of a market segment, with its quotes.")));
    }

    /// Whether `If-None-Match` names the version, that is, whether the client holds it already.
    public static boolean ifNoneMatch(HttpRequest request, long version) {
        Optional<String> header = request.listHeader("If-None-Match");
        if (header.isEmpty()) {
            return false;
        }
        // A header that cannot be understood is as good as none: the client then gets the whole object.
        return header.get().strip().equals("*")
                || versions(header.get(), true).orElse(Set.of()).contains(version);
    }

    private static Optional<Set<Long>> versions(String header, boolean weakToo) {
        var versions = new TreeSet<Long>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        while (end < header.length()) {
            if (!matcher.find() || matcher.start() != end) {
                return Optional.empty();
            }
            end = matcher.end();
            boolean strong = matcher.group("weak") == null;
            if ((strong || weakToo) && VERSION.matcher(matcher.group("tag")).matches()) {
                versions.add(Long.valueOf(matcher.group("tag")));
            }
        }
        return end == 0 ? Optional.empty() : Optional.of(versions);
    }
}
