package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueryTest {

    private static Query limit(String value) {
        return Query.read(Requests.withQuery("limit", value), Set.of("limit", "offset"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "10, 10", "100, 100"})
    void an_integer_within_its_bounds_is_read(String text, int value) {
        assertEquals(OptionalInt.of(value), limit(text).integer("limit", 1, 100));
    }

    @Test
    void an_integer_may_be_the_largest_there_is() {
        assertEquals(OptionalInt.of(Integer.MAX_VALUE), limit("2147483647").integer("limit", 0, Integer.MAX_VALUE));
        assertThrows(ApiException.class, () -> limit("2147483648").integer("limit", 0, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "101",
                "-1",
                "+1",
                "01",
                "1.0",
                "1e1",
                " 1",
                "1 ",
                "a",
                "0x1",
                "\u0661",
                "4294967297",
                "99999999999999999999"
            })
    void anything_else_is_refused_with_the_bounds(String text) {
        var error = assertThrows(ApiException.class, () -> limit(text).integer("limit", 1, 100));
        assertEquals(ErrorCode.PARAMETER_INVALID, error.code());
        assertEquals("limit", error.param());
        assertEquals("limit must be an integer from 1 to 100.", error.getMessage());
    }

    @Test
    void a_parameter_that_is_not_given_is_empty() {
        assertEquals(OptionalInt.empty(), limit("1").integer("offset", 0, 1));
        assertEquals(Optional.empty(), limit("1").text("offset"));
        assertEquals(Optional.of("x"), limit("x").text("limit"));
    }

    @Test
    void a_parameter_that_is_unknown_is_refused() {
        var error = assertThrows(
                ApiException.class, () -> Query.read(Requests.withQuery("Limit", "1"), Set.of("limit", "offset")));
        assertEquals(ErrorCode.PARAMETER_UNKNOWN, error.code());
        assertEquals("Limit", error.param());
    }

    @Test
    void a_parameter_that_is_given_twice_is_refused() {
        var error = assertThrows(
                ApiException.class, () -> Query.read(Requests.withQuery("limit", "1", "1"), Set.of("limit")));
        assertEquals(ErrorCode.PARAMETER_INVALID, error.code());
        assertEquals("limit", error.param());
    }
}
