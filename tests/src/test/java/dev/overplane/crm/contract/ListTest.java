package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Listing;
import dev.overplane.crm.testing.client.Segment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("List")
class ListTest {

    private final Api api;
    private final ApiClient client;

    ListTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void of_an_account_without_objects_is_empty() {
        assertEquals(
                "{\"data\":[],\"has_more\":false,\"total\":0}",
                api.emptyAccount().list("").mustBe(200).text());
    }

    @Test
    void shows_an_object_as_a_retrieval_does() {
        var owner = api.emptyAccount();
        var created = owner.create(Json.named("Retail"));
        assertEquals(
                "{\"data\":[" + created.text() + "],\"has_more\":false,\"total\":1}",
                owner.list("").mustBe(200).text());
    }

    @Test
    void begins_with_the_object_created_last_and_counts_it() {
        var before = client.listing("?limit=1").total();
        var older = client.create(Json.named("older")).segment();
        var newer = client.create(Json.named("newer")).segment();
        api.eventually(() -> {
            var listing = client.listing("?limit=2");
            assertEquals(List.of(newer, older), listing.data());
            assertEquals(before + 2, listing.total());
            assertEquals(before > 0, listing.hasMore());
        });
    }

    @Test
    void gives_20_objects_unless_told_otherwise() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(21);
        assertEquals(new Listing(created.subList(0, 20), true, 21), owner.listing(""));
        owner.delete(created.getFirst().id()).mustBe(200);
        assertEquals(new Listing(created.subList(1, 21), false, 20), owner.listing(""));
    }

    @Test
    void is_newest_first_even_within_one_second() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(40);
        var seconds = created.stream().map(Segment::createdAt).distinct().count();
        assertTrue(seconds < created.size(), "no two were created in the same second, so this proves nothing");
        assertEquals(created, owner.listing("?limit=100").data());
        assertEquals(created, owner.listing("?limit=100").data());
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
                assertEquals(new Listing(created.subList(from, to), to < 6, 6), owner.listing(query), query);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 100, 1_000_000, Integer.MAX_VALUE})
    void beyond_the_end_is_empty_with_the_true_total(int offset) {
        var owner = api.emptyAccount();
        owner.createNewestFirst(3);
        assertEquals(new Listing(List.of(), false, 3), owner.listing("?offset=" + offset));
        assertEquals(new Listing(List.of(), false, 3), owner.listing("?limit=100&offset=" + offset));
    }

    @Test
    void beyond_the_end_of_any_account_is_empty() {
        var listing = client.listing("?offset=" + Integer.MAX_VALUE);
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
        assertEquals(new Listing(created.subList(0, 100), true, 101), owner.listing("?limit=100"));
        owner.list("?limit=101").mustBe(ApiError.parameterInvalid("limit"));
    }

    @Test
    void stays_exact_while_many_create_and_delete_at_once() {
        var owner = api.emptyAccount();
        var doomed = owner.createNewestFirst(16);
        var created = Concurrently.run(16, number -> {
            owner.delete(doomed.get(number).id()).mustBe(200);
            return owner.create().id();
        });
        var listing = owner.listing("?limit=100");
        assertEquals(
                created.stream().sorted().toList(),
                listing.ids().stream().sorted().toList());
        assertEquals(16, listing.total());
    }
}
