package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the API answered. Immutable.
///
/// @param text the body, empty if there is none
record Answer(String method, int status, HttpHeaders headers, String text) {

    private static final String JSON = "application/json; charset=utf-8";
    private static final Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s+\\p{Lu}");
    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|Error:|\\bat [a-z]+\\.|\\b(java|javax|com|org|software|dev)\\.[a-z]|[A-Za-z]Table\\b|\\R");

    static Answer of(String method, int status, HttpHeaders headers, byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return new Answer(method, status, headers, text);
        } catch (CharacterCodingException e) {
            throw new AssertionError("the body is not UTF-8", e);
        }
    }

    /// The rules for every response, good or bad: a `Request-Id`, JSON if there is a body, the envelope if it
    /// is a failure.
    Answer wellFormed() {
        assertFalse(header("Request-Id").isBlank(), "Request-Id is blank");
        if (status == 304 || method.equals("HEAD")) {
            assertEquals("", text, "a body where none may be");
            return this;
        }
        assertEquals(JSON, header("Content-Type"), () -> "Content-Type of " + this);
        assertTrue(json().isObject(), () -> "not a JSON object: " + this);
        if (status >= 400) {
            envelope();
        }
        return this;
    }

    private void envelope() {
        assertEquals(Set.of("error"), Json.names(json()), () -> "members beside error in " + this);
        var error = error();
        var names = Json.names(error);
        assertEquals(
                Set.of("type", "code", "message", "request_id"),
                names.stream().filter(name -> !name.equals("param")).collect(Collectors.toSet()),
                () -> "members of error in " + this);
        error.forEach(value -> assertTrue(value.isTextual(), () -> "a member of error is not a string in " + this));
        assertEquals(header("Request-Id"), error.get("request_id").textValue(), "request_id is not that of the header");
        var message = error.get("message").textValue();
        assertTrue(message.matches("(?s).*\\w.*[.!?]"), () -> "message is not a sentence: " + message);
        assertFalse(SECOND_SENTENCE.matcher(message).find(), () -> "message is more than one sentence: " + message);
        assertFalse(INTERNALS.matcher(message).find(), () -> "message shows internals: " + message);
    }

    Answer mustBe(int expected) {
        assertEquals(expected, status, this::toString);
        return this;
    }

    Answer mustBe(Refusal expected) {
        if (status < 400) {
            fail("not refused: " + this);
        }
        assertEquals(expected, refusal(), this::toString);
        return this;
    }

    Refusal refusal() {
        return new Refusal(
                status,
                error().path("type").textValue(),
                error().path("code").textValue(),
                Optional.ofNullable(error().path("param").textValue()));
    }

    private JsonNode error() {
        return json().path("error");
    }

    /// @return the body of a failure without what differs from one request to the next
    JsonNode words() {
        var words = (ObjectNode) error().deepCopy();
        words.remove("request_id");
        return words;
    }

    JsonNode json() {
        return Json.read(text);
    }

    Segment segment() {
        return Segment.of(json());
    }

    Listing listing() {
        return Listing.of(json());
    }

    String id() {
        return segment().id();
    }

    /// @return the entity tag, quotes included; it must be a strong one
    String etag() {
        var etag = header("ETag");
        assertTrue(etag.matches("\"[\\x21\\x23-\\x7e]+\""), () -> "not a strong entity tag: " + etag);
        return etag;
    }

    /// @return the only header of that name
    String header(String name) {
        var values = headers.allValues(name);
        assertEquals(1, values.size(), () -> "headers named " + name + " in " + this);
        return values.getFirst();
    }

    boolean has(String header) {
        return headers.firstValue(header).isPresent();
    }

    @Override
    public String toString() {
        return method + " answered " + status + " " + headers.map() + " " + text;
    }
}
