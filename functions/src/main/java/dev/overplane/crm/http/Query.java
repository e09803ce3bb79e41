package dev.overplane.crm.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// The query parameters of a request, each known to the operation and given at most once.
public final class Query {

    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Reads the query parameters.
    ///
    /// @param names names of those that the operation has
    /// @throws ApiException if there are others, or one is given more than once
    public static Query read(HttpRequest request, Set<String> names) {
        request.query().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new ApiException(
                        ErrorCode.PARAMETER_UNKNOWN,
                        Text.printable(name),
                        "There is a query parameter that is unknown here: leave it out.");
            }
            if (values.size() > 1) {
                throw ApiException.invalid(name, name + " must be given only once.");
            }
        });
        return new Query(request.query());
    }

    /// The parameter's value, if it is given.
    public Optional<String> text(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The parameter as a whole number in decimal digits, if it is given.
    ///
    /// @throws ApiException if it is not one, or not within `min` to `max`
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
