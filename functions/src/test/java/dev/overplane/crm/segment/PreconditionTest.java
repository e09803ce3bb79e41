package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreconditionTest {

    @Test
    void any_version_fulfils_it_where_none_is_named() {
        assertTrue(new Precondition.AnyVersion().allows(1));
        assertTrue(new Precondition.AnyVersion().allows(Long.MAX_VALUE));
    }

    @Test
    void only_a_version_that_is_named_fulfils_it() {
        var precondition = new Precondition.OneOf(Set.of(2L, 5L));
        assertTrue(precondition.allows(2));
        assertTrue(precondition.allows(5));
        assertFalse(precondition.allows(3));
    }

    @Test
    void no_version_fulfils_an_empty_set() {
        assertFalse(new Precondition.OneOf(Set.of()).allows(1));
    }

    @Test
    void it_keeps_its_versions_whatever_becomes_of_the_set() {
        var versions = new HashSet<>(List.of(2L));
        var precondition = new Precondition.OneOf(versions);
        versions.clear();
        assertEquals(new Precondition.OneOf(Set.of(2L)), precondition);
    }
}
