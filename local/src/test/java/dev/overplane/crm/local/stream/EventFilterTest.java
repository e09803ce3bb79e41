package dev.overplane.crm.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.startup.StartupException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventFilterTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                     | {"a":1}             | true
            {"a":[1]}                              | {"a":1}             | true
            {"a":[1]}                              | {"a":"1"}           | false
            {"a":["x","y"]}                        | {"a":"y"}           | true
            {"a":["x"]}                            | {}                  | false
            {"a":[null]}                           | {"a":null}          | true
            {"a":["x"],"b":["y"]}                  | {"a":"x","b":"z"}   | false
            {"a":{"b":["x"]}}                      | {"a":{"b":"x"}}     | true
            {"a":{"b":["x"]}}                      | {"a":"x"}           | false
            {"a":[{"prefix":"ab"}]}                | {"a":"abc"}         | true
            {"a":[{"prefix":"ab"}]}                | {"a":"xab"}         | false
            {"a":[{"prefix":"1"}]}                 | {"a":1}             | false
            {"a":[{"exists":true}]}                | {"a":null}          | true
            {"a":[{"exists":true}]}                | {}                  | false
            {"a":[{"exists":false}]}               | {}                  | true
            {"a":[{"exists":false}]}               | {"a":1}             | false
            {"a":[{"anything-but":"x"}]}           | {"a":"y"}           | true
            {"a":[{"anything-but":"x"}]}           | {"a":"x"}           | false
            {"a":[{"anything-but":["x","y"]}]}     | {"a":"y"}           | false
            {"a":[{"anything-but":"x"}]}           | {}                  | false
            {"a":[{"prefix":"b"},"x"]}             | {"a":"x"}           | true
            """)
    void a_pattern_matches_as_lambda_says(String pattern, String record, boolean matches)
            throws JsonProcessingException {
        assertEquals(matches, EventFilter.of(pattern).matches(JSON.readTree(record)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":[{"suffix":"x"}]}              | does not know the filter rule {"suffix":"x"}
            {"a":[{"prefix":1}]}                | does not know the filter rule
            {"a":[{"prefix":"a","exists":true}]}| does not know the filter rule
            {"a":[[1]]}                         | does not know the filter rule
            {"a":"x"}                           | needs an array
            {"a":                               | is not JSON
            """)
    void a_pattern_that_is_not_known_here_is_an_error(String pattern, String message) {
        var error = assertThrows(StartupException.class, () -> EventFilter.of(pattern));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }
}
