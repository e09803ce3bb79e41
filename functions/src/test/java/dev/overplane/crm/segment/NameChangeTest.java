package dev.overplane.crm.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NameChangeTest {

    @Test
    void a_name_is_stored_only_where_one_is_set() {
        var name = new SegmentName("Retail");
        assertEquals(Optional.of(name), new NameChange.SetTo(name).storedName());
        assertEquals(Optional.empty(), new NameChange.Cleared().storedName());
        assertEquals(Optional.empty(), new NameChange.Unchanged().storedName());
    }
}
