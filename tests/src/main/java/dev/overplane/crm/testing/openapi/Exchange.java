package dev.overplane.crm.testing.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request and its response.
///
/// @param path from the API's root, percent-encoded
/// @param query undecoded, empty if there is none
/// @param requestHeaders by lower-case name, each with all its values
/// @param responseHeaders by lower-case name, each with all its values
public record Exchange(
        String method,
        String path,
        String query,
        Map<String, List<String>> requestHeaders,
        String requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        String responseBody) {

    /// Whether the path is one of that template: doubled slashes, and those at the end, do not count.
    boolean isOn(String template) {
        var path = path().replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        return path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"));
    }

    Optional<String> requestHeader(String name) {
        return values(requestHeaders, name);
    }

    Optional<String> responseHeader(String name) {
        return values(responseHeaders, name);
    }

    private static Optional<String> values(Map<String, List<String>> headers, String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(list -> String.join(", ", list));
    }
}
