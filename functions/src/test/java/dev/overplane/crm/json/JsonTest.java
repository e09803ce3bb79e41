package dev.overplane.crm.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonTest {

    private static final Json JSON = Json.ofDepth(3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "[] | []",
                " {\"a\" : [1, true, false, null]} | {\"a\":[1,true,false,null]}",
                "\"a\" | \"a\"",
                "\"\\u0041\\ud83d\\ude00\" | \"A\uD83D\uDE00\"",
                "[[{}]] | [[{}]]",
                "{\"b\":1,\"a\":2} | {\"b\":1,\"a\":2}",
                "1.50 | 1.50",
                "123456789012345678901234567890 | 123456789012345678901234567890",
                "null | null"
            })
    void one_value_is_read_as_it_stands(String text, String expected) throws Exception {
        assertEquals(expected, JSON.read(text).toString());
        assertEquals(
                expected,
                Json.read(new ByteArrayInputStream(text.getBytes(UTF_8))).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void no_value_is_a_missing_node(String text) throws Exception {
        assertTrue(JSON.read(text).isMissingNode());
        assertTrue(Json.read(new ByteArrayInputStream(text.getBytes(UTF_8))).isMissingNode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"}",
                "{\"a\":1,}",
                "[1,]",
                "{} {}",
                "1 2",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "'a'",
                "{a:1}",
                "NaN",
                "01",
                "+1",
                "\"a\nb\"",
                "// c\n1",
                "\"\\x\""
            })
    void anything_but_one_value_is_refused(String text) {
        assertThrows(MalformedJsonException.class, () -> JSON.read(text));
        assertThrows(IOException.class, () -> Json.read(new ByteArrayInputStream(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[]]]]", "{\"a\":{\"b\":{\"c\":{}}}}", "[[[[1"})
    void a_value_that_is_too_deep_is_refused(String text) {
        assertThrows(MalformedJsonException.class, () -> JSON.read(text));
    }

    @Test
    void what_is_written_as_text_or_bytes_is_read_back() throws Exception {
        String value = "\"\\\n\u00e9\uD83D\uDE00";
        var out = new ByteArrayOutputStream();
        Json.write(out, json -> json.writeString(value));
        assertEquals(
                value, Json.read(new ByteArrayInputStream(out.toByteArray())).textValue());
        assertEquals(
                value, JSON.read(Json.write(json -> json.writeString(value))).textValue());
    }
}
