package dev.overplane.crm.local.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.local.template.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aVariableTakesOneSegmentDecoded(String path, String id) {
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
    void otherPathsAreUnknown(String path) {
        assertEquals(true, router.match("GET", path).isEmpty());
    }

    @Test
    void anotherMethodIsUnknown() {
        assertEquals(true, router.match("PUT", "/things/1").isEmpty());
        assertEquals(true, router.match("HEAD", "/things").isEmpty());
    }

    @Test
    void aLiteralSegmentWinsOverAVariable() {
        assertEquals(
                "Special",
                router.match("GET", "/things/special").orElseThrow().route().function());
    }

    @Test
    void anyTakesEveryMethod() {
        assertEquals(
                Map.of("a", "1", "b", "2"),
                router.match("PATCH", "/anything/1/2").orElseThrow().pathParameters());
    }
}
