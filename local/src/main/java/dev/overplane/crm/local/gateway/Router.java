package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the route of a request.
///
/// A variable matches exactly one segment, a greedy one all that are left, and at least one. A literal segment
/// takes precedence over a variable, a variable over a greedy one, and a method over `ANY`. Empty segments do
/// not count: slashes at the end and doubled slashes match all the same, as on AWS ([chalice, issue
/// 65](https://github.com/aws/chalice/issues/65)). The path is split before it is decoded, so an encoded slash
/// does not separate segments.
final class Router {

    private static final String GREEDY_END = "+}";

    /// The methods that `ANY` stands for.
    private static final Set<String> ANY = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /// @param pathParameters the values of the path's variables, as they were sent: API Gateway does not decode
    ///     them
    record Match(Route route, Map<String, String> pathParameters) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> isGreedy(route.path()) ? 1 : 0)
                        .thenComparingLong(route -> variables(route.path()))
                        .thenComparingInt(route -> route.method().equals("ANY") ? 1 : 0))
                .toList();
    }

    Optional<Match> match(String method, String rawPath) {
        return routes.stream()
                .filter(route -> route.method().equals("ANY")
                        ? ANY.contains(method)
                        : route.method().equals(method))
                .flatMap(route ->
                        parameters(route.path(), rawPath).map(parameters -> new Match(route, parameters)).stream())
                .findFirst();
    }

    /// Returns the first route that has an authorizer.
    Optional<Match> anyAuthorized() {
        return routes.stream().filter(Route::authorized).findFirst().map(route -> new Match(route, Map.of()));
    }

    private static Optional<Map<String, String>> parameters(String pattern, String rawPath) {
        var expected = segments(pattern);
        var actual = segments(rawPath);
        if (isGreedy(pattern) ? actual.size() < expected.size() : actual.size() != expected.size()) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < expected.size(); i++) {
            var segment = expected.get(i);
            if (isGreedy(segment)) {
                var rest = String.join("/", actual.subList(i, actual.size()));
                parameters.put(segment.substring(1, segment.length() - GREEDY_END.length()), rest);
            } else if (segment.startsWith("{")) {
                parameters.put(segment.substring(1, segment.length() - 1), actual.get(i));
            } else if (!segment.equals(PercentEncoding.decodeSegment(actual.get(i)))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean isGreedy(String path) {
        return path.endsWith(GREEDY_END);
    }

    private static long variables(String path) {
        return path.chars().filter(c -> c == '{').count();
    }
}
