package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("List")
class ListTest {

    private final Api api;
    private final Client client;

    ListTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void of_an_account_without_objects_is_empty() {
        assertEquals(
                "{\"data\":[],\"has_more\":false,\"total\":0}",
                api.emptyAccount().tryList("").mustBe(200).text());
    }

    @Test
    void shows_an_object_as_a_retrieval_does() {
        var owner = api.emptyAccount();
        var created = owner.create(Json.named("Retail"));
        assertEquals(
                "{\"data\":[" + created.text() + "],\"has_more\":false,\"total\":1}",
                owner.tryList("").mustBe(200).text());
    }

    @Test
    void begins_with_the_object_created_last_and_counts_it() {
        var before = client.list("?limit=1").total();
        var older = client.create(Json.named("older")).segment();
        var newer = client.create(Json.named("newer")).segment();
        api.eventually(() -> {
            var listing = client.list("?limit=2");
            assertEquals(List.of(newer, older), listing.data());
            assertEquals(before + 2, listing.total());
            assertEquals(before > 0, listing.hasMore());
        });
    }

    @Test
    void gives_20_objects_unless_told_otherwise() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(21);
        assertEquals(new Listing(created.subList(0, 20), true, 21), owner.list(""));
        owner.delete(created.getFirst().id()).mustBe(200);
        assertEquals(new Listing(created.subList(1, 21), false, 20), owner.list(""));
    }

    @Test
    void is_newest_first_even_within_one_second() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(40);
        var seconds = created.stream().map(Segment::createdAt).distinct().count();
        assertTrue(seconds < created.size(), "no two were created in the same second, so this proves nothing");
        assertEquals(created, owner.list("?limit=100").data());
        assertEquals(created, owner.list("?limit=100").data());
    }

    @Test
    void tells_total_and_whether_more_follows_at_every_boundary() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(6);
        for (var limit = 1; limit <= 7; limit++) {
            for (var offset = 0; offset <= 8; offset++) {
                var from = Math.min(offset, 6);
                var to = Math.min(offset + limit, 6);
                var query = "?limit=" + limit + "&offset=" + offset;
                assertEquals(new Listing(created.subList(from, to), to < 6, 6), owner.list(query), query);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 100, 1_000_000, Integer.MAX_VALUE})
    void beyond_the_end_is_empty_with_the_true_total(int offset) {
        var owner = api.emptyAccount();
        owner.createNewestFirst(3);
        assertEquals(new Listing(List.of(), false, 3), owner.list("?offset=" + offset));
        assertEquals(new Listing(List.of(), false, 3), owner.list("?limit=100&offset=" + offset));
    }

    @Test
    void beyond_the_end_of_any_account_is_empty() {
        var listing = client.list("?offset=" + Integer.MAX_VALUE);
        assertEquals(List.of(), listing.data());
        assertEquals(false, listing.hasMore());
    }

    @Test
    void gives_no_more_than_100() {
        var owner = api.emptyAccount();
        var created = IntStream.range(0, 101)
                .mapToObj(_ -> owner.create().segment())
                .toList()
                .reversed();
        assertEquals(new Listing(created.subList(0, 100), true, 101), owner.list("?limit=100"));
        owner.tryList("?limit=101").mustBe(Refusal.parameterInvalid("limit"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void refuses_a_limit_that_is_not_an_integer_from_1_to_100(String limit) {
        client.tryList("?limit=" + limit).mustBe(Refusal.parameterInvalid("limit"));
    }

    static Stream<Arguments> limits() {
        return Rows.of(Malformed.limits());
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void refuses_an_offset_that_is_not_an_integer_from_0_to_2147483647(String offset) {
        client.tryList("?offset=" + offset).mustBe(Refusal.parameterInvalid("offset"));
    }

    static Stream<Arguments> offsets() {
        return Rows.of(Malformed.offsets());
    }

    @ParameterizedTest
    @CsvSource({
        "page=2, page",
        "cursor=x, cursor",
        "Limit=5, Limit",
        "LIMIT=5, LIMIT",
        "limit%5B%5D=5, limit[]",
        "limit=5&order=asc, order",
        "ending_before=market-segment_abc123, ending_before",
        "market_segment=Retail, market_segment",
        "api_key=x, api_key"
    })
    void refuses_a_query_parameter_that_it_does_not_know(String query, String name) {
        client.tryList("?" + query).mustBe(Refusal.parameterUnknown(name));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1&limit=2, limit",
        "limit=2&limit=2, limit",
        "offset=0&limit=2&offset=1, offset",
        "starting_after=a&starting_after=b, starting_after"
    })
    void refuses_a_query_parameter_that_comes_twice(String query, String name) {
        client.tryList("?" + query).mustBe(Refusal.parameterInvalid(name));
    }

    @Test
    void stays_exact_while_many_create_and_delete_at_once() {
        var owner = api.emptyAccount();
        var doomed = owner.createNewestFirst(16);
        var created = Together.run(16, number -> {
            owner.delete(doomed.get(number).id()).mustBe(200);
            return owner.create().id();
        });
        var listing = owner.list("?limit=100");
        assertEquals(
                created.stream().sorted().toList(),
                listing.ids().stream().sorted().toList());
        assertEquals(16, listing.total());
    }
}
