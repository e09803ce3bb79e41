package dev.overplane.crm.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonBodyTest {

    private static Optional<ObjectNode> read(String body) {
        return JsonBody.read(Requests.withBody(body), Set.of("a", "b"));
    }

    private static ApiException refusal(String body) {
        return assertThrows(ApiException.class, () -> read(body));
    }

    /// A string member that makes the body that many bytes long.
    private static String ofBytes(int bytes, String filling) {
        String rest = "{\"a\":\"\"}";
        int unit = filling.getBytes(UTF_8).length;
        int filled = (bytes - rest.length()) / unit;
        return "{\"a\":\"" + filling.repeat(filled) + "x".repeat(bytes - rest.length() - filled * unit) + "\"}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\":1} ",
                "{\"a\":null,\"b\":\"x\"}",
                "{\"a\":1e400}",
                "{\"a\":1e99999999999}",
                "{\"a\":-1E-99999999999}",
                "{\"a\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":1}}}}}}}}"
            })
    void an_object_is_read(String body) {
        assertTrue(read(body).isPresent());
    }

    @Test
    void no_body_is_none() {
        assertEquals(Optional.empty(), read(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "null",
                "[]",
                "\"a\"",
                "1",
                "{",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":{\"j\":1}}}}}}}}}"
            })
    void anything_but_one_object_is_refused(String body) {
        assertEquals(ErrorCode.BODY_INVALID, refusal(body).code());
    }

    @Test
    void a_number_may_be_as_long_as_the_body() {
        assertTrue(read("{\"a\":" + "9".repeat(16_000) + "}").isPresent());
        assertTrue(read("{\"a\":0." + "9".repeat(16_000) + "}").isPresent());
    }

    @Test
    void bytes_are_decoded_and_must_be_UTF_8() {
        byte[] good = "{\"a\":\"\u00e9\"}".getBytes(UTF_8);
        byte[] bad = "{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1);
        assertEquals("\u00e9", readBytes(good).orElseThrow().get("a").textValue());
        var error = assertThrows(ApiException.class, () -> readBytes(bad));
        assertEquals(ErrorCode.BODY_INVALID, error.code());
    }

    private static Optional<ObjectNode> readBytes(byte[] body) {
        String encoded = Base64.getEncoder().encodeToString(body);
        return JsonBody.read(Requests.withBody(new RequestBody(encoded, true)), Set.of("a"));
    }

    @ParameterizedTest
    @CsvSource({
        "c, c",
        "A, A",
        "'',",
        "'a ',",
        "a\\u0000,",
        "\\ud800,",
        "sk_test_000000000000000000000000000000000000000000004k6zQ2,"
    })
    void a_member_that_is_unknown_is_refused_and_named_if_it_has_the_form_of_a_name(
            String name, @Nullable String param) {
        ApiException error = refusal("{\"a\":1,\"" + name + "\":1}");
        assertEquals(ErrorCode.PARAMETER_UNKNOWN, error.code());
        assertEquals(param, error.param());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\uD83D\uDE00"})
    void a_body_may_have_16_kib_and_not_a_byte_more(String filling) {
        assertTrue(read(ofBytes(16 * 1024, filling)).isPresent());
        assertEquals(
                ErrorCode.BODY_TOO_LARGE,
                refusal(ofBytes(16 * 1024 + 1, filling)).code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                " application/json ; charset=utf-8",
                "application/merge-patch+json",
                "application/vnd.acme.v1+json;v=1"
            })
    void a_json_media_type_is_accepted(String type) {
        assertEquals(Optional.empty(), JsonBody.read(Requests.withHeader("content-type", type), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "json",
                "text/json",
                "application/json5",
                "application/+json",
                "application/jsonx",
                "application/xml",
                "application/json, application/json",
                "multipart/form-data; boundary=application/json"
            })
    void any_other_media_type_is_refused_with_or_without_a_body(String type) {
        var error = assertThrows(
                ApiException.class, () -> JsonBody.read(Requests.withHeader("content-type", type), Set.of()));
        assertEquals(ErrorCode.CONTENT_TYPE_UNSUPPORTED, error.code());
    }
}
