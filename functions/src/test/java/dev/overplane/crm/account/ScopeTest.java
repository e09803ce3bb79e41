package dev.overplane.crm.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScopeTest {

    @ParameterizedTest
    @CsvSource({"read_write, READ_WRITE", "read_only, READ_ONLY"})
    void a_label_stands_for_its_scope(String label, Scope scope) {
        assertEquals(Optional.of(scope), Scope.parse(label));
        assertEquals(label, scope.label());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "READ_ONLY", "read_only ", "read", "admin"})
    void no_other_text_is_a_scope(String label) {
        assertEquals(Optional.empty(), Scope.parse(label));
    }
}
