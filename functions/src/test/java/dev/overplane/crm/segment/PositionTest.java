package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PositionTest {

    private static final Timestamp TIME = new Timestamp(1);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, (1 << 25) - 1})
    void a_page_of_25_bits_is_taken(long page) {
        assertEquals(page, new Position(page, TIME).page());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1 << 25, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_page_that_does_not_fit_into_an_id_is_refused(long page) {
        assertThrows(IllegalArgumentException.class, () -> new Position(page, TIME));
    }
}
