package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Retrieve")
class RetrieveTest {

    private final Api api;
    private final Client client;

    RetrieveTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void answers_the_object_and_its_entity_tag_always_the_same() {
        var created = client.create(Json.named("Retail"));
        var first = client.retrieve(created.id()).mustBe(200);
        var second = client.retrieve(created.id()).mustBe(200);
        assertEquals(created.text(), first.text());
        assertEquals(first.text(), second.text());
        assertEquals(first.etag(), second.etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"x\", %s", "%s,\"x\"", "\"x\" , W/\"y\",W/%s", "\"a,b\", %s"})
    void answers_304_without_a_body_if_the_tag_is_known(String ifNoneMatch) {
        var created = client.create(Json.named("Retail"));
        var answer = client.onObject("GET", created.id())
                .header("If-None-Match", ifNoneMatch.formatted(created.etag()))
                .send()
                .mustBe(304);
        assertEquals("", answer.text());
        assertEquals(created.etag(), answer.etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"x\"", "\"x\", \"y\"", "\"\"", "abc", "\"abc", "W/", ",", "\"x\" \"y\""})
    void answers_the_object_if_no_tag_matches_or_none_can_be_read(String ifNoneMatch) {
        var created = client.create(Json.named("Retail"));
        var answer = client.onObject("GET", created.id())
                .header("If-None-Match", ifNoneMatch)
                .send()
                .mustBe(200);
        assertEquals(created.text(), answer.text());
        assertEquals(created.etag(), answer.etag());
    }

    @Test
    void answers_the_object_again_once_it_has_changed() {
        var created = client.create(Json.named("Retail"));
        var updated = client.update(created.id(), Json.named("Wholesale")).mustBe(200);
        var answer = client.onObject("GET", created.id())
                .header("If-None-Match", created.etag())
                .send()
                .mustBe(200);
        assertEquals(updated.text(), answer.text());
        assertEquals(updated.etag(), answer.etag());
    }

    @Test
    void of_a_missing_object_is_404_whatever_tags_are_known() {
        var gone = client.create().id();
        client.delete(gone).mustBe(200);
        client.onObject("GET", gone).header("If-None-Match", "*").send().mustBe(Refusal.resourceMissing());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void of_an_id_that_names_nothing_is_404_in_the_same_words_for_all(String id) {
        var gone = client.create().id();
        client.delete(gone).mustBe(200);
        var missing = client.retrieve(gone).mustBe(Refusal.resourceMissing());
        assertEquals(
                missing.words(),
                client.retrieve(id).mustBe(Refusal.resourceMissing()).words());
    }

    static Stream<Arguments> ids() {
        return Rows.of(Malformed.ids());
    }

    @Test
    void ignores_a_body() {
        var created = client.create(Json.named("Retail"));
        api.onlyLocal("A content network may refuse a body here.");
        var answer = client.onObject("GET", created.id())
                .body("{\"market_segment\":")
                .send()
                .mustBe(200);
        assertEquals(created.text(), answer.text());
    }

    @Test
    void knows_no_query_parameters() {
        var id = client.create().id();
        client.call("GET", Api.PATH + "/" + id + "?expand=all").send().mustBe(Refusal.parameterUnknown("expand"));
    }
}
