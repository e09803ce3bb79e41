package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Listing;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("List with starting_after")
class StartingAfterTest {

    private static final ApiError INVALID = ApiError.parameterInvalid("starting_after");

    private final Api api;
    private final ApiClient client;

    StartingAfterTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void begins_right_after_the_object_it_names_with_the_same_total() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(5);
        for (var seen = 1; seen <= 5; seen++) {
            for (var limit = 1; limit <= 6; limit++) {
                var to = Math.min(seen + limit, 5);
                var query = "?limit=" + limit + "&starting_after="
                        + created.get(seen - 1).id();
                assertEquals(new Listing(created.subList(seen, to), to < 5, 5), owner.listing(query), query);
            }
        }
    }

    @Test
    void gives_20_objects_unless_told_otherwise() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(22);
        var page = owner.listing("?starting_after=" + created.getFirst().id());
        assertEquals(new Listing(created.subList(1, 21), true, 22), page);
    }

    @Test
    void works_in_an_account_of_any_size() {
        var older = client.create(Json.named("older")).segment();
        var newer = client.create(Json.named("newer")).segment();
        api.eventually(() -> {
            var page = client.listing("?limit=1&starting_after=" + newer.id());
            assertEquals(List.of(older), page.data());
        });
    }

    @Test
    void still_knows_where_a_deleted_object_stood() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(5);
        owner.delete(created.get(1).id()).mustBe(200);
        assertEquals(
                new Listing(created.subList(2, 5), false, 4),
                owner.listing("?starting_after=" + created.get(1).id()));
        owner.delete(created.get(4).id()).mustBe(200);
        assertEquals(
                new Listing(List.of(), false, 3),
                owner.listing("?starting_after=" + created.get(4).id()));
        assertEquals(
                new Listing(created.subList(2, 3), true, 3),
                owner.listing("?limit=1&starting_after=" + created.get(1).id()));
    }

    @Test
    void does_not_shift_by_what_is_created_or_deleted_meanwhile() {
        var owner = api.emptyAccount();
        var created = owner.createNewestFirst(6);
        var first = owner.listing("?limit=2");
        assertEquals(created.subList(0, 2), first.data());
        owner.create();
        owner.delete(created.get(0).id()).mustBe(200);
        var second = owner.listing("?limit=2&starting_after=" + first.ids().getLast());
        assertEquals(new Listing(created.subList(2, 4), true, 6), second);
    }

    @Test
    void has_nothing_before_the_newest_even_if_created_since() {
        var owner = api.emptyAccount();
        var oldest = owner.create().id();
        owner.create();
        assertEquals(new Listing(List.of(), false, 2), owner.listing("?starting_after=" + oldest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "5"})
    void does_not_go_together_with_an_offset(String offset) {
        var id = client.create().id();
        client.list("?offset=" + offset + "&starting_after=" + id).mustBe(ApiError.parameterConflict());
        client.list("?starting_after=" + id + "&limit=5&offset=" + offset).mustBe(ApiError.parameterConflict());
    }

    @Test
    void refuses_an_id_with_one_character_changed() {
        var id = client.create().id();
        var start = "market-segment_".length();
        for (var at = start; at < id.length(); at++) {
            var changed = id.substring(0, at) + (id.charAt(at) == '7' ? '8' : '7') + id.substring(at + 1);
            assertTrue(!changed.equals(id));
            client.list("?starting_after=" + changed).mustBe(INVALID);
        }
    }

    @Test
    void refuses_an_id_with_a_character_more_or_less() {
        var id = client.create().id();
        client.list("?starting_after=" + id + "0").mustBe(INVALID);
        client.list("?starting_after=" + id.substring(0, id.length() - 1)).mustBe(INVALID);
    }

    @Test
    void refuses_the_id_of_another_account_in_the_same_words_as_an_unknown_one() {
        var unknown = client.list("?starting_after=market-segment_abc123").mustBe(INVALID);
        var foreign = api.otherAccountClient().create().id();
        assertEquals(
                unknown.errorWithoutRequestId(),
                client.list("?starting_after=" + foreign).mustBe(INVALID).errorWithoutRequestId());
    }

    @Test
    void refuses_the_id_of_the_other_mode_in_the_same_words_as_an_unknown_one() {
        var unknown = client.list("?starting_after=market-segment_abc123").mustBe(INVALID);
        var live = api.liveClient().create().id();
        assertEquals(
                unknown.errorWithoutRequestId(),
                client.list("?starting_after=" + live).mustBe(INVALID).errorWithoutRequestId());
    }
}
