package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.Segment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The header `Link` with `rel="next"`.
@Contract
@DisplayName("The link to the next page")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NextPageTest {

    private final Api api;
    private ApiClient owner;
    private List<Segment> created;

    NextPageTest(Api api) {
        this.api = api;
    }

    @BeforeAll
    void create_21_objects() {
        owner = api.emptyAccount();
        created = owner.createNewestFirst(21);
    }

    @Test
    void goes_on_by_starting_after_unless_asked_by_offset() {
        assertEquals(
                "limit=2&starting_after=" + created.get(1).id(),
                next("?limit=2").orElseThrow());
        assertEquals("limit=20&starting_after=" + created.get(19).id(), next("").orElseThrow());
    }

    @Test
    void goes_on_by_starting_after_where_asked_so() {
        assertEquals(
                "limit=3&starting_after=" + created.get(4).id(),
                next("?limit=3&starting_after=" + created.get(1).id()).orElseThrow());
    }

    @Test
    void goes_on_by_offset_where_asked_so() {
        assertEquals("limit=2&offset=2", next("?limit=2&offset=0").orElseThrow());
        assertEquals("limit=20&offset=20", next("?offset=0").orElseThrow());
        assertEquals("limit=5&offset=20", next("?limit=5&offset=15").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=21", "?offset=1", "?limit=100&offset=20", "?offset=21", "?offset=2147483647"})
    void is_not_there_where_nothing_follows(String query) {
        assertEquals(Optional.empty(), next(query));
    }

    @Test
    void is_not_there_after_the_last_object() {
        assertEquals(
                Optional.empty(), next("?starting_after=" + created.getLast().id()));
        assertEquals(
                Optional.empty(),
                next("?limit=1&starting_after=" + created.get(19).id()));
    }

    /// The query of the link, which leads to the path of the listing itself.
    private Optional<String> next(String query) {
        var path = api.pathOf("").replaceFirst("/$", "");
        return owner.list(query).mustBe(200).nextPage().map(target -> {
            assertEquals(path, target.substring(0, target.indexOf('?')));
            return target.substring(target.indexOf('?') + 1);
        });
    }
}
