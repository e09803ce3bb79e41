package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request.
///
/// A variable takes exactly one segment that is not empty; a literal segment wins over a variable; a slash at
/// the end makes another path. Segments are told apart before they are decoded, so an encoded slash stays
/// within its segment.
final class Router {

    /// @param pathParameters decoded
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
                .flatMap(route -> parameters(route.path(), rawPath).map(found -> new Match(route, found)).stream())
                .findFirst();
    }

    /// Some route behind the authorizer, if there is one.
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
            var segment = Percent.segment(actual[i]);
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
