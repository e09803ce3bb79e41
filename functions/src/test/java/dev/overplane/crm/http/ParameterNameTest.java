package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParameterNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Limit",
                "limit[]",
                "market_segment",
                "@class",
                "$ref",
                "a.b-c",
                "abcdefghijklmnopqrstuvwxyz0123"
            })
    void what_has_the_form_of_a_name_may_be_repeated(String name) {
        assertEquals(Optional.of(name), ParameterName.repeatable(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\n",
                "a=b",
                "caf\u00e9",
                "\uD83Da",
                "abcdefghijklmnopqrstuvwxyz01234",
                "sk_test_000000000000000000000000000000000000000000004k6zQ2"
            })
    void anything_else_may_be_a_secret_and_is_not(String name) {
        assertEquals(Optional.empty(), ParameterName.repeatable(name));
    }
}
