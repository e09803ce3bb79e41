package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ErrorCode;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.http.Requests;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.IdempotentRequest;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotencyHeadersTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("k");

    private static IdempotentRequest idempotent(HttpRequest request, NameChange name) {
        return IdempotencyHeaders.idempotent(KEY, request, name);
    }

    @Test
    void a_request_without_the_header_has_no_key() {
        assertEquals(Optional.empty(), IdempotencyHeaders.key(Requests.withBody("{}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "a a",
                "\"a\" a",
                "a\"b a\"b",
                "a\" a\"",
                "a\\b a\\b",
                "\"a\\\"b\" a\"b",
                "\"a\\\\b\" a\\b",
                "\"\\\"\" \"",
            })
    void a_key_comes_bare_or_as_a_quoted_string(String header, String key) {
        assertEquals(
                Optional.of(new IdempotencyKey(key)),
                IdempotencyHeaders.key(Requests.withHeader("idempotency-key", header)));
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "\"",
                "\"\"",
                "\"a",
                "\"a\"b",
                "\"a\"b\"",
                "\"a b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "\"a\";p=1",
                "a b",
                "\"" + "x".repeat(256) + "\"");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void anything_else_is_refused(String header) {
        var error = assertThrows(
                ApiException.class, () -> IdempotencyHeaders.key(Requests.withHeader("idempotency-key", header)));
        assertEquals(ErrorCode.PARAMETER_INVALID, error.code());
        assertEquals("Idempotency-Key", error.param());
    }

    @Test
    void the_longest_key_may_be_quoted() {
        var longest = "x".repeat(255);
        assertEquals(
                Optional.of(new IdempotencyKey(longest)),
                IdempotencyHeaders.key(Requests.withHeader("idempotency-key", '"' + longest + '"')));
    }

    @Test
    void requests_are_equal_if_method_id_name_and_if_match_are() {
        HttpRequest request = Requests.withHeaders("PATCH", Map.of("if-match", List.of("\"1\"")));
        var name = new NameChange.SetTo(new SegmentName("a"));
        assertEquals(idempotent(request, name), idempotent(request, name));
        var unlike = Stream.of(
                        idempotent(request, name),
                        idempotent(request, new NameChange.SetTo(new SegmentName("b"))),
                        idempotent(request, new NameChange.Cleared()),
                        idempotent(request, new NameChange.Unchanged()),
                        idempotent(Requests.withHeaders("PATCH", Map.of("if-match", List.of("\"2\""))), name),
                        idempotent(Requests.withHeaders("PATCH", Map.of()), name),
                        idempotent(Requests.withHeaders("POST", Map.of()), name),
                        idempotent(Requests.withPathParameters(Map.of("id", "x")), name),
                        idempotent(Requests.withPathParameters(Map.of("id", "y")), name))
                .map(IdempotentRequest::fingerprint)
                .toList();
        assertEquals(unlike.size(), unlike.stream().distinct().count());
    }

    @Test
    void headers_that_do_not_bear_on_the_write_make_no_difference() {
        var name = new NameChange.Unchanged();
        assertEquals(
                idempotent(Requests.withHeaders("GET", Map.of("accept", List.of("*/*"))), name),
                idempotent(Requests.withHeaders("GET", Map.of()), name));
    }

    @Test
    void a_replay_says_so() {
        HttpResponse response = new HttpResponse(200, Map.of(), "");
        HttpResponse replayed = IdempotencyHeaders.replayed(response);
        assertNotEquals(response, replayed);
        assertEquals(Map.of("Idempotent-Replayed", "true"), replayed.headers());
    }
}
