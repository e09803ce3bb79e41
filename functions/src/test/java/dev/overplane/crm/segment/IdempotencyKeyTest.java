package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotencyKeyTest {

    static Stream<String> legal() {
        return Stream.of("k", "!", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", "x".repeat(255));
    }

    static Stream<String> illegal() {
        return Stream.of("", " ", "a b", "a ", "\u00e4", "a\u0000", "a\u007f", "a\n", "x".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void visible_ascii_characters_make_a_key(String text) {
        assertEquals(text, IdempotencyKey.parse(text).orElseThrow().value());
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void anything_else_makes_none(String text) {
        assertEquals(Optional.empty(), IdempotencyKey.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new IdempotencyKey(text));
    }
}
