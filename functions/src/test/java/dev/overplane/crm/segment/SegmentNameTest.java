package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "e\u0301", "\uD83D\uDE00", "\u202Eabc", "a\u2028b", "0"})
    void a_text_is_kept_exactly_as_sent(String text) {
        assertEquals(text, SegmentName.parse(text).orElseThrow().value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\u2003\u3000",
                "a\u0000",
                "\t",
                "a\nb",
                "a\u007F",
                "a\u0085",
                "a\uD83D",
                "\uDE00a",
                "\uDE00\uD83D"
            })
    void blank_texts_control_characters_and_lone_surrogates_are_refused(String text) {
        assertEquals(Optional.empty(), SegmentName.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new SegmentName(text));
    }

    @Test
    void length_is_counted_in_code_points() {
        String emoji = "\uD83D\uDE00";
        assertEquals(
                emoji.repeat(255),
                SegmentName.parse(emoji.repeat(255)).orElseThrow().value());
        assertEquals(Optional.empty(), SegmentName.parse(emoji.repeat(256)));
    }
}
