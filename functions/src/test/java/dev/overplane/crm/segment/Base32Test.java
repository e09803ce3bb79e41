package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Base32Test {

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "31, 1, z", "32, 2, 10", "17, 3, 00h", "1023, 2, zz", "36028797018963967, 11, zzzzzzzzzzz"})
    void a_number_has_one_numeral_of_each_length(long number, int digits, String numeral) {
        assertEquals(numeral, Base32.encode(number, digits));
        assertEquals(number, Base32.decode(numeral));
    }

    @Test
    void bits_that_do_not_fit_are_left_out() {
        assertEquals("z0", Base32.encode((1L << 40) + 31 * 32, 2));
        assertEquals("zzzzzzzz", Base32.encode(-1, 8));
    }

    @Test
    void numerals_of_equal_length_sort_as_their_numbers_do() {
        for (long number = 0; number < 2_000; number++) {
            assertTrue(Base32.encode(number, 3).compareTo(Base32.encode(number + 1, 3)) < 0, "at " + number);
        }
    }

    @Test
    void no_digit_is_easily_taken_for_another() {
        assertEquals(32, Base32.DIGITS.chars().distinct().count());
        assertTrue(Base32.DIGITS.chars().noneMatch(digit -> "ilou".indexOf(digit) >= 0));
    }
}
