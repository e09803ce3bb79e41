package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Listing;
import dev.overplane.crm.testing.client.Segment;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("Delete")
class DeleteTest {

    private final Api api;
    private final ApiClient client;

    DeleteTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void answers_the_id_and_that_it_is_deleted_and_nothing_else() {
        var id = client.create(Json.named("Retail")).id();
        var response = client.delete(id).mustBe(200);
        assertEquals(List.of("id", "deleted"), Json.order(response.json()));
        assertEquals(Json.read("{\"id\":\"" + id + "\",\"deleted\":true}"), response.json());
    }

    @Test
    void is_for_good() {
        var id = client.create(Json.named("Retail")).id();
        client.delete(id).mustBe(200);
        client.delete(id).mustBe(ApiError.resourceMissing());
        client.retrieve(id).mustBe(ApiError.resourceMissing());
        api.eventually(() -> assertFalse(client.listing("?limit=100").ids().contains(id)));
    }

    @Test
    void takes_the_object_out_of_listing_and_total() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(3).stream().map(Segment::id).toList();
        owner.delete(ids.get(1)).mustBe(200);
        var left = owner.listing("");
        assertEquals(List.of(ids.get(0), ids.get(2)), left.ids());
        assertEquals(2, left.total());
    }

    @Test
    void a_second_time_does_not_count() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(3).stream().map(Segment::id).toList();
        owner.delete(ids.get(1)).mustBe(200);
        owner.delete(ids.get(1)).mustBe(ApiError.resourceMissing());
        assertEquals(2, owner.listing("").total());
    }

    @Test
    void of_all_leaves_an_account_as_good_as_new() {
        var owner = api.emptyAccount();
        owner.createNewestFirst(3).forEach(segment -> owner.delete(segment.id()).mustBe(200));
        assertEquals(new Listing(List.of(), false, 0), owner.listing(""));
        var again = owner.create().segment();
        assertEquals(new Listing(List.of(again), false, 1), owner.listing(""));
    }

    @Test
    void by_many_at_once_succeeds_for_one() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(2).stream().map(Segment::id).toList();
        var responses = Concurrently.run(8, _ -> owner.delete(ids.getFirst()));
        assertEquals(
                1,
                responses.stream().filter(response -> response.status() == 200).count(),
                responses::toString);
        responses.stream()
                .filter(response -> response.status() != 200)
                .forEach(response -> response.mustBe(ApiError.resourceMissing()));
        assertEquals(1, owner.listing("").total());
    }

    @Test
    void ignores_a_body() {
        var id = client.create().id();
        api.onlyLocal("A content network may refuse a body here.");
        client.onObject("DELETE", id)
                .body("not JSON")
                .header("Content-Type", "text/plain")
                .send()
                .mustBe(200);
    }
}
