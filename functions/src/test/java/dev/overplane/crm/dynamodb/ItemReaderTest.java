package dev.overplane.crm.dynamodb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ItemReaderTest {

    private static final ItemReader ITEM = new ItemReader(
            "the-item",
            Map.of(
                    "n", Attributes.number(-7),
                    "fraction", AttributeValue.fromN("1.5"),
                    "large", AttributeValue.fromN("9223372036854775808"),
                    "s", AttributeValue.fromS("text"),
                    "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, 3})),
                    "null", AttributeValue.fromNul(true)));

    @Test
    void a_sound_attribute_is_read_as_its_type() {
        assertEquals(-7, ITEM.number("n"));
        assertEquals("text", ITEM.text("s"));
        assertArrayEquals(new byte[] {1, 2, 3}, ITEM.bytes("b", bytes -> bytes));
        assertEquals("-7!", ITEM.number("n", n -> n + "!"));
        assertEquals("TEXT", ITEM.text("s", String::toUpperCase));
    }

    @Test
    void an_attribute_is_there_whatever_its_type() {
        assertTrue(ITEM.has("null"));
        assertFalse(ITEM.has("absent"));
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("absent", item -> item.number("absent")),
                damage("absent", item -> item.text("absent")),
                damage("absent", item -> item.bytes("absent", bytes -> bytes)),
                damage("s", item -> item.number("s")),
                damage("n", item -> item.text("n")),
                damage("n", item -> item.bytes("n", bytes -> bytes)),
                damage("null", item -> item.text("null")),
                damage("fraction", item -> item.number("fraction")),
                damage("large", item -> item.number("large")),
                damage("s", item -> item.text("s", ItemReaderTest::refuse)),
                damage("n", item -> item.number("n", ItemReaderTest::refuse)),
                damage("b", item -> item.bytes("b", ItemReaderTest::refuse)));
    }

    private static Arguments damage(String attribute, Consumer<ItemReader> read) {
        return Arguments.of(attribute, read);
    }

    private static Object refuse(Object value) {
        throw new IllegalArgumentException("secret: " + value);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void a_damaged_attribute_is_named_and_its_value_is_not(String attribute, Consumer<ItemReader> read) {
        var e = assertThrows(CorruptItemException.class, () -> read.accept(ITEM));
        assertEquals("item the-item has no valid attribute " + attribute, e.getMessage());
    }
}
