package dev.overplane.crm.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.local.gateway.Router.Match;
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
            Route.toFunction("ANY", "/{rest+}", "Rest", false),
            Route.toFunction("ANY", "/things/{id}", "AnyThing", true),
            Route.toFunction("GET", "/things/{id}", "Get", true),
            Route.toFunction("GET", "/things/special", "Special", true),
            Route.toFunction("GET", "/things", "List", true),
            Route.toFunction("GET", "/", "Root", true),
            Route.toFunction("GET", "/a/{b}/c/{d}", "Deep", true)));

    @ParameterizedTest(name = "{0} has the id {1}")
    @CsvSource({
        "/things/1,1",
        "/things/a%20b,a%20b",
        "/things/a+b,a+b",
        "/things/a%2Fb,a%2Fb",
        "/things/%C3%A4,%C3%A4",
        "/things/..,..",
        "//things///1//,1"
    })
    void a_variable_matches_one_segment_and_is_not_decoded(String path, String id) {
        assertEquals("Get", function("GET", path));
        assertEquals(Map.of("id", id), match("GET", path).pathParameters());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, Root",
        "GET, '', Root",
        "GET, //, Root",
        "GET, /things, List",
        "GET, /things/, List",
        "GET, //things//, List",
        "GET, /%74hings, List",
        "GET, /things/special, Special",
        "GET, /things/special/, Special",
        "PUT, /things/special, AnyThing",
        "PUT, /things/1, AnyThing",
        "GET, /a/1/c/2, Deep",
        "GET, /Things, Rest",
        "PUT, /things, Rest",
        "GET, /things/1/2, Rest",
        "GET, /a/1/c, Rest"
    })
    void the_most_specific_route_of_the_method_matches_whatever_the_slashes(
            String method, String path, String function) {
        assertEquals(function, function(method, path));
    }

    @Test
    void a_greedy_variable_takes_the_rest_of_the_path_and_at_least_one_segment() {
        assertEquals(
                Map.of("rest", "x/y%20z/1"), match("DELETE", "/x/y%20z//1/").pathParameters());
        assertTrue(router.match("PUT", "/").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "PROPFIND", "TRACE", "get"})
    void any_is_not_every_method(String method) {
        assertTrue(router.match(method, "/things/1").isEmpty());
    }

    private Match match(String method, String path) {
        return router.match(method, path).orElseThrow();
    }

    private String function(String method, String path) {
        return switch (match(method, path).route().integration()) {
            case Route.Integration.Proxy(var function) -> function;
            case Route.Integration.Mock _ -> throw new AssertionError("no function");
        };
    }
}
