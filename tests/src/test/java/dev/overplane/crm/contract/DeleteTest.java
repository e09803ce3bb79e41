package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Contract
@DisplayName("Delete")
class DeleteTest {

    private final Api api;
    private final Client client;

    DeleteTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void answers_the_id_and_that_it_is_deleted_and_nothing_else() {
        var id = client.create(Json.named("Retail")).id();
        var answer = client.delete(id).mustBe(200);
        assertEquals(List.of("id", "deleted"), Json.order(answer.json()));
        assertEquals(Json.read("{\"id\":\"" + id + "\",\"deleted\":true}"), answer.json());
    }

    @Test
    void is_for_good() {
        var id = client.create(Json.named("Retail")).id();
        client.delete(id).mustBe(200);
        client.delete(id).mustBe(Refusal.resourceMissing());
        client.retrieve(id).mustBe(Refusal.resourceMissing());
        api.eventually(() -> assertFalse(client.list("?limit=100").ids().contains(id)));
    }

    @Test
    void takes_the_object_out_of_listing_and_total() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(3).stream().map(Segment::id).toList();
        owner.delete(ids.get(1)).mustBe(200);
        var left = owner.list("");
        assertEquals(List.of(ids.get(0), ids.get(2)), left.ids());
        assertEquals(2, left.total());
    }

    @Test
    void a_second_time_does_not_count() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(3).stream().map(Segment::id).toList();
        owner.delete(ids.get(1)).mustBe(200);
        owner.delete(ids.get(1)).mustBe(Refusal.resourceMissing());
        assertEquals(2, owner.list("").total());
    }

    @Test
    void of_all_leaves_an_account_as_good_as_new() {
        var owner = api.emptyAccount();
        owner.createNewestFirst(3).forEach(segment -> owner.delete(segment.id()).mustBe(200));
        assertEquals(new Listing(List.of(), false, 0), owner.list(""));
        var again = owner.create().segment();
        assertEquals(new Listing(List.of(again), false, 1), owner.list(""));
    }

    @Test
    void by_many_at_once_succeeds_for_one() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(2).stream().map(Segment::id).toList();
        var answers = Together.run(8, _ -> owner.delete(ids.getFirst()));
        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count(), answers::toString);
        answers.stream()
                .filter(answer -> answer.status() != 200)
                .forEach(answer -> answer.mustBe(Refusal.resourceMissing()));
        assertEquals(1, owner.list("").total());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void of_an_id_that_names_nothing_is_404(String id) {
        client.delete(id).mustBe(Refusal.resourceMissing());
    }

    static Stream<Arguments> ids() {
        return Rows.of(Malformed.ids());
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

    @Test
    void knows_no_query_parameters() {
        var id = client.create().id();
        client.call("DELETE", Api.PATH + "/" + id + "?force=true").send().mustBe(Refusal.parameterUnknown("force"));
        client.retrieve(id).mustBe(200);
    }
}
