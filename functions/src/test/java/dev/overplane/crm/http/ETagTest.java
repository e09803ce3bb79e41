package dev.overplane.crm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ETagTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"7\" | \"7\"",
                "W/\"7\" | W/\"7\"",
                "\"\" | \"\"",
                "\"a b\" | none",
                "\"7\", \"9\" | \"7\" \"9\"",
                "\"7\",W/\"9\" | \"7\" W/\"9\"",
                "'  \"7\"  ,  \"9\"  ' | \"7\" \"9\"",
                "\"a,b\" | \"a,b\"",
                "\"W/\" | \"W/\"",
                "\"7\", | \"7\"",
                ",\"7\" | \"7\"",
                "' , ,\"7\",\t,,\"9\" ,' | \"7\" \"9\"",
                "\"\u0080\u00ff!#~\" | \"\u0080\u00ff!#~\""
            })
    void a_list_of_tags_is_read_in_its_order(String header, String expected) {
        assertEquals(
                expected,
                ETag.parseList(header)
                        .map(tags -> tags.stream().map(ETag::toString).collect(Collectors.joining(" ")))
                        .orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "7",
                "abc",
                "\"7",
                "7\"",
                "\"7\" \"8\"",
                "*",
                "*, \"7\"",
                "w/\"7\"",
                ",",
                " ,\t, ",
                "\"7\"\u00a0",
                "\"7\"x",
                "\"7\", b",
                "\"7\", W/7",
                "\"7\", \"8",
                "\"7\", \"8\" 9",
                "W/",
                "W/7",
                "W",
                "\"",
                "\"\u0100\"",
                "\"\u007f\"",
                "\"\n\""
            })
    void anything_else_is_no_list(String header) {
        assertEquals(Optional.empty(), ETag.parseList(header));
    }

    @Test
    void a_tag_says_whether_it_is_weak() {
        assertEquals(Optional.of(List.of(new ETag(true, "7"), ETag.strong("9"))), ETag.parseList("W/\"7\", \"9\""));
    }

    @ParameterizedTest
    @CsvSource({"*, true", "' * ', true", "**, false", "'', false"})
    void a_star_stands_for_any(String header, boolean any) {
        assertEquals(any, ETag.isAny(header));
    }
}
