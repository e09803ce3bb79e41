package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Retrieve")
class RetrieveTest {

    private final Api api;
    private final ApiClient client;

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
        second.mustShowTheSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"x\", %s", "%s,\"x\"", "\"x\" , W/\"y\",W/%s", "\"a,b\", %s"})
    void answers_304_without_a_body_if_the_tag_is_known(String ifNoneMatch) {
        var created = client.create(Json.named("Retail"));
        var response = client.onObject("GET", created.id())
                .header("If-None-Match", ifNoneMatch.formatted(created.etag()))
                .send()
                .mustBe(304);
        assertEquals("", response.text());
        assertEquals(created.etag(), response.etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"x\"", "\"x\", \"y\"", "\"\"", "abc", "\"abc", "W/", ",", "\"x\" \"y\""})
    void answers_the_object_if_no_tag_matches_or_none_can_be_read(String ifNoneMatch) {
        var created = client.create(Json.named("Retail"));
        var response = client.onObject("GET", created.id())
                .header("If-None-Match", ifNoneMatch)
                .send()
                .mustBe(200);
        response.mustShowTheSameAs(created);
    }

    @Test
    void answers_the_object_again_once_it_has_changed() {
        var created = client.create(Json.named("Retail"));
        var updated = client.update(created.id(), Json.named("Wholesale")).mustBe(200);
        var response = client.onObject("GET", created.id())
                .header("If-None-Match", created.etag())
                .send()
                .mustBe(200);
        response.mustShowTheSameAs(updated);
    }

    @Test
    void of_a_missing_object_is_404_whatever_tags_are_known() {
        var gone = client.create().id();
        client.delete(gone).mustBe(200);
        client.onObject("GET", gone).header("If-None-Match", "*").send().mustBe(ApiError.resourceMissing());
    }

    /// API Gateway passes the variable of a path on as it was sent.
    @Test
    void of_an_id_with_a_coded_character_is_404() {
        api.onlyLocal("On AWS this was seen of greedy variables alone.");
        var coded = client.create().id().replace("_", "%5F");
        client.retrieve(coded).mustBe(ApiError.resourceMissing());
    }

    @Test
    void ignores_a_body() {
        var created = client.create(Json.named("Retail"));
        api.onlyLocal("A content network may refuse a body here.");
        var response = client.onObject("GET", created.id())
                .body("{\"market_segment\":")
                .send()
                .mustBe(200);
        assertEquals(created.text(), response.text());
    }
}
