package dev.overplane.crm.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.template.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouterTest {

    private final Router router = new Router(List.of(
            new Route("GET", "/things/{id}", "Get", true),
            new Route("GET", "/things/special", "Special", true),
            new Route("GET", "/things", "List", true),
            new Route("ANY", "/anything/{a}/{b}", "Any", true)));

    @ParameterizedTest(name = "{0} has the id {1}")
    @CsvSource({
        "/things/1,1",
        "/things/a%20b,a b",
        "/things/a+b,a+b",
        "/things/a%2Fb,a/b",
        "/things/%C3%A4,ä",
        "/things/.., .."
    })
    void a_variable_matches_one_segment_and_is_decoded(String path, String id) {
        assertEquals(Map.of("id", id), router.match("GET", path).orElseThrow().pathParameters());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "/thing",
                "/Things",
                "/things/",
                "/things/1/",
                "/things/1/2",
                "//things",
                "/things//",
                "/anything/1/"
            })
    void any_other_path_is_unknown(String path) {
        assertTrue(router.match("GET", path).isEmpty());
    }

    @Test
    void any_other_method_is_unknown() {
        assertTrue(router.match("PUT", "/things/1").isEmpty());
        assertTrue(router.match("HEAD", "/things").isEmpty());
    }

    @Test
    void a_literal_segment_takes_precedence_over_a_variable() {
        assertEquals(
                "Special",
                router.match("GET", "/things/special").orElseThrow().route().function());
    }

    @Test
    void any_matches_every_method() {
        assertEquals(
                Map.of("a", "1", "b", "2"),
                router.match("PATCH", "/anything/1/2").orElseThrow().pathParameters());
    }
}
