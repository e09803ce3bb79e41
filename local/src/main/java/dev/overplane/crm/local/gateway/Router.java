package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request.
///
/// A variable matches exactly one non-empty segment. A literal segment takes precedence over a variable. A
/// slash at the end makes a different path. The path is split before it is decoded, so an encoded slash does
/// not separate segments.
final class Router {

    /// @param pathParameters the decoded values of the path's variables
    record Match(Route route, Map<String, String> pathParameters) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = routes.stream()
                .sorted((a, b) -> Integer.compare(variables(a), variables(b)))
                .toList();
    }

    Optional<Match> match(String method, String rawPath) {
        return routes.stream()
                .filter(route -> route.method().equals(method) || route.method().equals("ANY"))
                .flatMap(route ->
                        parameters(route.path(), rawPath).map(parameters -> new Match(route, parameters)).stream())
                .findFirst();
    }

    /// Returns the first route that has an authorizer.
    Optional<Match> anyAuthorized() {
        return routes.stream().filter(Route::authorized).findFirst().map(route -> new Match(route, Map.of()));
    }

    private static Optional<Map<String, String>> parameters(String pattern, String rawPath) {
        var expected = pattern.split("/", -1);
        var actual = rawPath.split("/", -1);
        if (expected.length != actual.length) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < expected.length; i++) {
            var segment = PercentEncoding.decodeSegment(actual[i]);
            if (expected[i].startsWith("{") && !segment.isEmpty()) {
                parameters.put(expected[i].substring(1, expected[i].length() - 1), segment);
            } else if (!expected[i].equals(segment)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static int variables(Route route) {
        return (int) route.path().chars().filter(c -> c == '{').count();
    }
}
