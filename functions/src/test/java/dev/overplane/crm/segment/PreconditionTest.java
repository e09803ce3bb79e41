package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreconditionTest {

    @Test
    void any_version_allows_every_version() {
        assertTrue(new Precondition.AnyVersion().allows(1));
        assertTrue(new Precondition.AnyVersion().allows(Long.MAX_VALUE));
    }

    @Test
    void one_of_some_versions_allows_those_alone() {
        var precondition = new Precondition.OneOf(Set.of(7L, 9L));
        assertTrue(precondition.allows(7));
        assertTrue(precondition.allows(9));
        assertFalse(precondition.allows(8));
    }

    @Test
    void one_of_no_versions_allows_none() {
        assertFalse(new Precondition.OneOf(Set.of()).allows(1));
    }
}
