package dev.overplane.crm.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.Requests;
import dev.overplane.crm.segment.Precondition;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentETagsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"7\" | 7",
                "\"7\", \"9\" | 7 9",
                "\"7\",\"9\" | 7 9",
                "W/\"7\" | ''",
                "W/\"7\", \"9\" | 9",
                "\"abc\" | ''",
                "\"\" | ''",
                "\"07\" | ''",
                "\"99999999999999999999\" | ''"
            })
    void if_match_names_versions_by_strong_tags_alone(String header, String versions) {
        Set<Long> expected = Arrays.stream(versions.split(" "))
                .filter(text -> !text.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        assertEquals(new Precondition.OneOf(expected), SegmentETags.ifMatch(Requests.withHeader("if-match", header)));
    }

    @Test
    void any_version_will_do_without_if_match_or_with_a_star() {
        assertEquals(new Precondition.AnyVersion(), SegmentETags.ifMatch(Requests.withHeader("x", "y")));
        assertEquals(new Precondition.AnyVersion(), SegmentETags.ifMatch(Requests.withHeader("if-match", " * ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "abc", "\"7", "\"7\" \"8\"", "*, \"7\"", "w/\"7\""})
    void an_if_match_that_cannot_be_understood_is_refused(String header) {
        var error =
                assertThrows(ApiException.class, () -> SegmentETags.ifMatch(Requests.withHeader("if-match", header)));
        assertEquals("If-Match", error.param());
    }

    @Test
    void more_versions_than_a_condition_can_hold_are_refused() {
        assertTrue(
                SegmentETags.ifMatch(Requests.withHeader("if-match", tags(100))).allows(100));
        assertThrows(ApiException.class, () -> SegmentETags.ifMatch(Requests.withHeader("if-match", tags(101))));
    }

    private static String tags(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(SegmentETags::of).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"7\" | true",
                "W/\"7\" | true",
                "\"6\", \"7\" | true",
                "* | true",
                "\"8\" | false",
                "7 | false",
                "'' | false"
            })
    void if_none_match_compares_weakly_and_ignores_what_it_cannot_understand(String header, boolean names) {
        assertEquals(names, SegmentETags.ifNoneMatch(Requests.withHeader("if-none-match", header), 7));
    }
}
