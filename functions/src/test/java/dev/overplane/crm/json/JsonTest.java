package dev.overplane.crm.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.POJONode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                " {\"a\" : [\"1\", true, false, null]} | {\"a\":[\"1\",true,false,null]}",
                "\"a\" | \"a\"",
                "\"\\u0041\\ud83d\\ude00\" | \"A\uD83D\uDE00\"",
                "[[{}]] | [[{}]]",
                "{\"b\":[],\"a\":{}} | {\"b\":[],\"a\":{}}",
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
        assertThrows(MalformedJsonException.class, () -> Json.read(new ByteArrayInputStream(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[]]]]", "{\"a\":{\"b\":{\"c\":{}}}}", "[[[[1"})
    void a_value_that_is_too_deep_is_refused(String text) {
        assertThrows(MalformedJsonException.class, () -> JSON.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0", "1.50", "123456789012345678901234567890", "1e99999999999", "-1.5E-99999999999", "2E+5"
            })
    void a_number_is_read_as_it_stands(String number) throws Exception {
        assertEquals(number, JSON.read(number).asText());
        assertEquals(
                number,
                Json.read(new ByteArrayInputStream(number.getBytes(UTF_8))).asText());
    }

    @Test
    void a_number_may_have_any_length() throws Exception {
        String digits = "12345678".repeat(100_000);
        assertEquals(new Json.Numeral(digits), ((POJONode) JSON.read(digits)).getPojo());
        assertEquals(digits + "." + digits, JSON.read(digits + "." + digits).asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\u00e9\"", "\u00ff\u00fe{\0}\0", "\u00fe\u00ff\0{\0}", "\0\0{\0sotr", "\u00ef\u00bb\u00bf{}"})
    void bytes_that_are_not_json_in_utf_8_are_refused(String latin1) {
        var bytes = new ByteArrayInputStream(latin1.getBytes(ISO_8859_1));
        assertThrows(MalformedJsonException.class, () -> Json.read(bytes));
    }

    @Test
    void what_is_not_json_is_refused_without_a_word_of_it() {
        var error = assertThrows(MalformedJsonException.class, () -> JSON.read("{\"a\":1,\n sk_test_secret}"));
        assertEquals("not JSON at line 2, column 2", error.getMessage());
        assertNull(error.getCause());
    }

    /// Names with one hash, as Jackson's shared tables compute it: 32 bits of 33 h + c.
    @Test
    void names_that_collide_in_a_hash_table_are_read_like_any_others() throws Exception {
        var names = new ArrayList<>(List.of(""));
        for (int pairs = 0; pairs < 11; pairs++) {
            names = names.stream()
                    .flatMap(name -> Stream.of(name + "aB", name + "b!"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        var object = names.stream().map(name -> '"' + name + "\":1").collect(Collectors.joining(",", "{", "}"));
        for (int times = 0; times < 3; times++) {
            assertEquals(names.size(), JSON.read(object).size());
        }
    }

    @Test
    void no_table_of_names_outlives_a_call() throws Exception {
        byte[] bytes = "{\"a stranger's name\":1}".getBytes(UTF_8);
        String text = JSON.read(new String(bytes, UTF_8)).fieldNames().next();
        String ofStream =
                Json.read(new ByteArrayInputStream(bytes)).fieldNames().next();
        assertNotSame(text, JSON.read(new String(bytes, UTF_8)).fieldNames().next());
        assertNotSame(
                ofStream,
                Json.read(new ByteArrayInputStream(bytes)).fieldNames().next());
        assertNotSame(text.intern(), ofStream);
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
