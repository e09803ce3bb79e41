package dev.overplane.crm.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads strict JSON into a tree, and writes it token by token.
///
/// It fills Jackson's tree straight from the parser. Jackson's `ObjectMapper` would do the same, and making one
/// takes a tenth of a second of a cold start.
///
/// The text may be a stranger's. Nothing of it outlives the call: no table of names is shared between parsers,
/// so names that are chosen to collide harm nobody. A number becomes a [Numeral], which nothing converts.
///
/// Thread-safe.
public final class Json {

    /// Writes one JSON document.
    @FunctionalInterface
    public interface Content {

        /// Writes the document's tokens to `generator`, which the caller closes.
        void write(JsonGenerator generator) throws IOException;
    }

    private static final JsonFactory FACTORY = factory(StreamReadConstraints.DEFAULT_MAX_DEPTH);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonFactory factory;

    private Json(JsonFactory factory) {
        this.factory = factory;
    }

    /// A reader of untrusted text, at most `maxDepth` objects and arrays deep.
    public static Json ofDepth(int maxDepth) {
        return new Json(factory(maxDepth));
    }

    private static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Both would keep names in tables that all parsers of the factory, and the whole JVM, share.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        // No number is converted, so only the length of the whole text limits it.
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /// A number as it is written.
    ///
    /// @param digits the number in JSON's notation, of any size
    public record Numeral(String digits) {

        @Override
        public String toString() {
            return digits;
        }
    }

    /// Reads the tree of exactly one JSON value; a missing node if there is none.
    ///
    /// @throws MalformedJsonException if `text` is anything but one JSON value, has an object with two members
    ///     of one name, or is too deep
    public JsonNode read(String text) throws MalformedJsonException {
        try (JsonParser parser = factory.createParser(text)) {
            return whole(parser);
        } catch (JsonProcessingException e) {
            throw MalformedJsonException.at(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads the tree of the JSON value that `in` holds, which AWS has written; a missing node if there is
    /// none.
    ///
    /// @throws MalformedJsonException if it is not JSON in UTF-8
    /// @throws IOException if it cannot be read
    public static JsonNode read(InputStream in) throws IOException, MalformedJsonException {
        // Not by Jackson, which would also guess UTF-16 and UTF-32 from the first bytes.
        try (JsonParser parser = FACTORY.createParser(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            return whole(parser);
        } catch (JsonProcessingException e) {
            throw MalformedJsonException.at(e.getLocation());
        } catch (CharacterCodingException e) {
            throw MalformedJsonException.at(null);
        }
    }

    /// Writes `content` as text.
    public static String write(Content content) {
        var text = new StringWriter(256);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            content.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Writes `content` in UTF-8 to `out`, and closes it.
    public static void write(OutputStream out, Content content) throws IOException {
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            content.write(generator);
        }
    }

    private static JsonNode whole(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            return NODES.missingNode();
        }
        JsonNode tree = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one value");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = NODES.objectNode();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.pojoNode(new Numeral(parser.getText()));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a JSON parser does not begin a value with " + parser.currentToken());
        };
    }
}
