package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'a b', 'a b'",
        "\u00e9\uD83D\uDE00, \u00e9\uD83D\uDE00",
        "'a\nb', a\uFFFDb",
        "a\u0000\u007F\u0085, a\uFFFD\uFFFD\uFFFD",
        "\uD83Da, \uFFFDa"
    })
    void what_cannot_be_shown_or_encoded_is_replaced(String text, String shown) {
        assertEquals(shown, Text.printable(text));
    }

    @Test
    void a_text_is_cut_after_100_characters_and_never_within_one() {
        assertEquals("\uD83D\uDE00".repeat(100), Text.printable("\uD83D\uDE00".repeat(101)));
    }
}
