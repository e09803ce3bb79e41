package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemSizeTest {

    @ParameterizedTest(name = "{0} takes {1} bytes")
    @CsvSource({
        "0, 1",
        "7, 2",
        "42, 2",
        "100, 2",
        "101, 3",
        "255, 3",
        "1000, 2",
        "1234, 3",
        "123456, 4",
        "1735689600000000, 5",
        "1735689601234567, 9",
        "-7, 3",
        "0.5, 2",
    })
    void a_number_takes_a_byte_and_one_for_every_two_significant_digits(String numeral, int bytes) {
        assertEquals(1 + bytes, ItemSize.of(Map.of("n", AttributeValue.fromN(numeral))));
    }

    @Test
    void names_and_texts_take_their_bytes_in_utf8() {
        assertEquals(4 + 5, ItemSize.of(Map.of("maß", AttributeValue.fromS("Ünï"))));
    }

    @Test
    void binary_takes_its_bytes_and_true_one() {
        assertEquals(1 + 8, ItemSize.of(Map.of("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[8])))));
        assertEquals(1 + 1, ItemSize.of(Map.of("b", AttributeValue.fromBool(true))));
        assertEquals(1 + 1, ItemSize.of(Map.of("b", AttributeValue.fromNul(true))));
    }

    @ParameterizedTest(name = "{0} bytes: {1} units to read, {2} to write")
    @CsvSource({"0, 1, 1", "1, 1, 1", "1024, 1, 1", "1025, 1, 2", "4096, 1, 4", "4097, 2, 5", "8193, 3, 9"})
    void units_are_rounded_up(long bytes, double read, long write) {
        assertEquals(read, ItemSize.readUnits(bytes, true));
        assertEquals(read / 2, ItemSize.readUnits(bytes, false));
        assertEquals(write, ItemSize.writeUnits(bytes));
    }
}
