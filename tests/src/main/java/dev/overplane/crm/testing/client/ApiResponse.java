package dev.overplane.crm.testing.client;

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

/// A response of the API. Immutable.
///
/// @param text the body, empty if there is none
public record ApiResponse(String method, int status, HttpHeaders headers, String text) implements Outcome {

    private static final String JSON = "application/json; charset=utf-8";
    private static final Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s+\\p{Lu}");
    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|Error:|\\bat [a-z]+\\.|\\b(java|javax|com|org|software|dev)\\.[a-z]|[A-Za-z]Table\\b|\\R");

    public static ApiResponse of(String method, int status, HttpHeaders headers, byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return new ApiResponse(method, status, headers, text);
        } catch (CharacterCodingException e) {
            throw new AssertionError("the body is not UTF-8", e);
        }
    }

    /// Checks what holds for every response: a `Request-Id`, JSON if there is a body, the envelope if it is an
    /// error.
    ApiResponse mustBeWellFormed() {
        assertFalse(header("Request-Id").isBlank(), "Request-Id is blank");
        if (status == 304 || method.equals("HEAD")) {
            assertEquals("", text, "a body where none may be");
            return this;
        }
        assertEquals(JSON, header("Content-Type"), () -> "Content-Type of " + this);
        assertTrue(json().isObject(), () -> "not a JSON object: " + this);
        if (status >= 400) {
            mustHaveTheEnvelope();
        }
        return this;
    }

    private void mustHaveTheEnvelope() {
        assertEquals(Set.of("error"), Json.names(json()), () -> "members beside error in " + this);
        var error = errorMember();
        assertEquals(
                Set.of("type", "code", "message", "request_id"),
                Json.names(error).stream().filter(name -> !name.equals("param")).collect(Collectors.toSet()),
                () -> "members of error in " + this);
        error.forEach(value -> assertTrue(value.isTextual(), () -> "a member of error is not a string in " + this));
        assertTrue(error().isInTable(), () -> "not an error of the contract: " + this);
        assertEquals(header("Request-Id"), error.get("request_id").textValue(), "request_id is not that of the header");
        var message = error.get("message").textValue();
        assertTrue(message.matches("(?s).*\\w.*[.!?]"), () -> "message is not a sentence: " + message);
        assertFalse(SECOND_SENTENCE.matcher(message).find(), () -> "message is more than one sentence: " + message);
        assertFalse(INTERNALS.matcher(message).find(), () -> "message shows internals: " + message);
        if (status == 401) {
            assertEquals("Bearer", header("WWW-Authenticate"));
        }
        if (status == 429 || status == 503) {
            assertTrue(header("Retry-After").matches("[1-9][0-9]*"), () -> "Retry-After of " + this);
        }
    }

    public ApiResponse mustBe(int expected) {
        assertEquals(expected, status, this::toString);
        return this;
    }

    public ApiResponse mustBe(ApiError expected) {
        if (status < 400) {
            fail("not an error: " + this);
        }
        assertEquals(expected, error(), this::toString);
        return this;
    }

    /// Checks that this response shows the object as `other` does, and the same entity tag.
    public void mustShowTheSameAs(ApiResponse other) {
        assertEquals(other.text, text);
        assertEquals(other.etag(), etag());
    }

    @Override
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public ApiError error() {
        return new ApiError(
                status,
                errorMember().path("type").asText(),
                errorMember().path("code").asText(),
                Optional.ofNullable(errorMember().path("param").textValue()));
    }

    /// What an error says, without what differs from one request to the next.
    public JsonNode errorWithoutRequestId() {
        return ((ObjectNode) errorMember().deepCopy()).without("request_id");
    }

    private JsonNode errorMember() {
        return json().path("error");
    }

    @Override
    public JsonNode json() {
        return Json.read(text);
    }

    public Segment segment() {
        return Segment.of(json());
    }

    public Listing listing() {
        return Listing.of(json());
    }

    public String id() {
        return segment().id();
    }

    /// The entity tag, quotes included; it must be a strong one.
    public String etag() {
        var etag = header("ETag");
        assertTrue(etag.matches("\"[\\x21\\x23-\\x7e]+\""), () -> "not a strong entity tag: " + etag);
        return etag;
    }

    /// The address of the next page that `Link` gives, relative to this one's.
    public Optional<String> nextPage() {
        return has("Link")
                ? Optional.of(header("Link").replaceFirst("^<(.+)>; rel=\"next\"$", "$1"))
                : Optional.empty();
    }

    /// The only header of that name.
    public String header(String name) {
        var values = headers.allValues(name);
        assertEquals(1, values.size(), () -> "headers named " + name + " in " + this);
        return values.getFirst();
    }

    public boolean has(String header) {
        return headers.firstValue(header).isPresent();
    }

    @Override
    public String toString() {
        return method + " answered " + status + " " + headers.map() + " " + text;
    }
}
