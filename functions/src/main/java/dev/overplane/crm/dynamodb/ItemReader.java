package dev.overplane.crm.dynamodb;

import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads the attributes of an item as values. An attribute that is absent, has another type, or holds a value
/// that its parser refuses is damaged: a [CorruptItemException].
///
/// @param name what tells the item from others in the logs
/// @param attributes the item
public record ItemReader(String name, Map<String, AttributeValue> attributes) {

    /// Whether the item has that attribute, of whatever type.
    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /// A whole number of 64 bits.
    ///
    /// @throws CorruptItemException if it is damaged
    public long number(String attribute) {
        return number(attribute, value -> value);
    }

    /// A whole number of 64 bits as what it stands for.
    ///
    /// @param parse throws an [IllegalArgumentException] on a number that stands for nothing
    /// @throws CorruptItemException if it is damaged
    public <T> T number(String attribute, LongFunction<T> parse) {
        return read(attribute, AttributeValue::n, numeral -> parse.apply(Long.parseLong(numeral)));
    }

    /// A text.
    ///
    /// @throws CorruptItemException if it is damaged
    public String text(String attribute) {
        return text(attribute, value -> value);
    }

    /// A text as what it stands for.
    ///
    /// @param parse throws an [IllegalArgumentException] on a text that stands for nothing
    /// @throws CorruptItemException if it is damaged
    public <T> T text(String attribute, Function<String, T> parse) {
        return read(attribute, AttributeValue::s, parse);
    }

    /// Bytes as what they stand for.
    ///
    /// @param parse throws an [IllegalArgumentException] on bytes that stand for nothing
    /// @throws CorruptItemException if they are damaged
    public <T> T bytes(String attribute, Function<byte[], T> parse) {
        return read(attribute, AttributeValue::b, bytes -> parse.apply(bytes.asByteArray()));
    }

    private <V, T> T read(String attribute, Getter<V> get, Function<V, T> parse) {
        AttributeValue value = attributes.get(attribute);
        V typed = value == null ? null : get.of(value);
        if (typed == null) {
            throw new CorruptItemException(name, attribute);
        }
        try {
            return parse.apply(typed);
        } catch (IllegalArgumentException e) {
            throw new CorruptItemException(name, attribute);
        }
    }

    /// Gets the value of one type; null if the attribute has another.
    private interface Getter<V> {
        @Nullable
        V of(AttributeValue value);
    }
}
