package dev.overplane.crm.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"key_0000000000000000", "key_abcXYZ0123456789"})
    void key_and_16_letters_and_digits_are_an_id(String text) {
        assertEquals(Optional.of(new KeyId(text)), KeyId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key_",
                "0000000000000000",
                "key_000000000000000",
                "key_00000000000000000",
                "KEY_0000000000000000",
                "key_000000000000000-",
                "key_0000000000000000\n",
                " key_0000000000000000",
                "key_000000000000000\u00e9"
            })
    void anything_else_is_refused(String text) {
        assertEquals(Optional.empty(), KeyId.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new KeyId(text));
    }
}
