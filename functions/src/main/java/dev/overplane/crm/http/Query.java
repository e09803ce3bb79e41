package dev.overplane.crm.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// The query parameters of a request. The operation knows each of them, and each is given at most once.
///
/// Immutable.
public final class Query {

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Reads the query parameters.
    ///
    /// @param names names of the parameters that the operation knows
    /// @throws ApiException if the request has others, or has one more than once
    public static Query read(HttpRequest request, Set<String> names) {
        request.query().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw ApiException.unknown(name, "There is a query parameter that is unknown here: leave it out.");
            }
            if (values.size() > 1) {
                throw ApiException.invalid(name, name + " must be given only once.");
            }
        });
        return new Query(request.query());
    }

    /// The value of a parameter; empty if it is not given.
    public Optional<String> text(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The value of a parameter in decimal digits; empty if it is not given.
    ///
    /// @param min least value, not negative
    /// @param max greatest value
    /// @throws ApiException if it is anything else than an integer from `min` to `max`
    public OptionalInt integer(String name, int min, int max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        long value = INTEGER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : -1;
        if (value < min || value > max) {
            throw ApiException.invalid(name, "%s must be an integer from %d to %d.".formatted(name, min, max));
        }
        return OptionalInt.of((int) value);
    }
}
