package dev.overplane.crm.contract;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Turns tables into parameters of tests.
final class Rows {

    private Rows() {}

    /// @return one set of arguments per value, shown by its title: a value may not be fit to be shown
    static Stream<Arguments> of(Map<String, ?> byTitle) {
        return byTitle.entrySet().stream().map(row -> Arguments.argumentSet(row.getKey(), row.getValue()));
    }
}
