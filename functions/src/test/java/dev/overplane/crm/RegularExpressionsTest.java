package dev.overplane.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Text of clients meets these patterns. Each reads a text twice as long with at most little more than twice
/// the steps, whatever the text is: counted, not timed.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegularExpressionsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.overplane.crm");
    private static final int LENGTH = 250;

    /// Beginnings that lead deep into our patterns.
    private static final List<String> BEGINNINGS = List.of(
            "",
            " ",
            "bearer ",
            "Bearer x",
            "arn:",
            "arn:a/",
            "arn:a/b/",
            "application/",
            "application/a+",
            "acct_",
            "key_",
            "sk_test_",
            "sk_live_",
            "market-segment_",
            "1",
            "\"",
            "W/\"",
            "\"1\"");
    /// What is repeated.
    private static final List<String> PUMPS =
            List.of(" ", "a", "0", "/", "+", "+json", "a+", "\t", ":", "\"", ",", " a", "a ", "/a", "\"1\",", "_");
    /// Ends that make a pattern go back.
    private static final List<String> ENDS = List.of("", "x", "!", "\n", "\u2028", " x", "/", "+");

    /// A text that counts how often one of its characters is looked at.
    private static final class CountedText implements CharSequence {

        private final String text;
        private long looks;

        private CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Arguments> patterns() {
        return CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Pattern.class))
                .map(field -> Arguments.argumentSet(field.getFullName(), pattern(field)));
    }

    private static Pattern pattern(JavaField declared) {
        try {
            Field field = declared.reflect();
            field.setAccessible(true);
            return (Pattern) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError("not a static field: " + declared.getFullName(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void a_pattern_takes_time_in_proportion_to_the_length_of_a_text(Pattern pattern) {
        assertTrue(isLinear(pattern), () -> pattern + " is not linear");
    }

    /// The test can fail: these are what it is there to find, the last one the pattern that entity tags once
    /// had.
    @ParameterizedTest
    @MethodSource("slow")
    void a_pattern_that_goes_back_is_found_out(String slow) {
        assertFalse(isLinear(Pattern.compile(slow)));
    }

    static List<String> slow() {
        return List.of("(a+)*b", "a*a*b", " *(x)? *$", "\\s*(W/)?\"([!\\x23-\\x7e]*)\"\\s*(?:,|$)");
    }

    @Test
    void there_are_patterns_and_strings_make_none_of_their_own() {
        assertTrue(patterns().count() > 8);
        Stream<String> compiling = CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(String.class))
                .filter(call -> List.of("matches", "replaceAll", "replaceFirst").contains(call.getName()))
                .map(Object::toString);
        assertTrue(compiling.findAny().isEmpty());
    }

    private static boolean isLinear(Pattern pattern) {
        return BEGINNINGS.stream()
                .allMatch(beginning -> PUMPS.stream()
                        .allMatch(pump -> ENDS.stream().allMatch(end -> isLinear(pattern, beginning, pump, end))));
    }

    private static boolean isLinear(Pattern pattern, String beginning, String pump, String end) {
        long once = looks(pattern, beginning + pump.repeat(LENGTH) + end);
        long twice = looks(pattern, beginning + pump.repeat(2 * LENGTH) + end);
        return twice < 2.2 * once + 100;
    }

    /// As often as any of the ways in which we use patterns takes.
    private static long looks(Pattern pattern, String text) {
        var whole = new CountedText(text);
        pattern.matcher(whole).matches();
        var start = new CountedText(text);
        pattern.matcher(start).lookingAt();
        var anywhere = new CountedText(text);
        Matcher matcher = pattern.matcher(anywhere);
        while (matcher.find()) {
            // On to the next.
        }
        return whole.looks + start.looks + anywhere.looks;
    }
}
