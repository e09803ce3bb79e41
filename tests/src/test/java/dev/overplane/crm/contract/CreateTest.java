package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.Json;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Create")
class CreateTest {

    private final Api api;
    private final ApiClient client;

    CreateTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void without_a_body_and_without_a_content_type() {
        assertEquals(
                Optional.empty(),
                client.onCollection("POST", "").send().mustBe(201).segment().marketSegment());
    }

    @Test
    void as_the_reference_does_it_with_a_content_type_but_no_body() {
        var created = client.onCollection("POST", "")
                .header("Content-Type", "application/json")
                .send()
                .mustBe(201);
        assertEquals(Optional.empty(), created.segment().marketSegment());
    }

    @Test
    void without_even_a_length() {
        assertEquals(
                Optional.empty(),
                client.onCollection("POST", "")
                        .overRawSocket()
                        .send()
                        .mustBe(201)
                        .segment()
                        .marketSegment());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " { } ", "{\"market_segment\":null}", "\n{\"market_segment\"\t:\r\nnull}\n"})
    void without_a_market_segment(String body) {
        assertEquals(Optional.empty(), client.create(body).segment().marketSegment());
    }

    @Test
    void with_a_market_segment() {
        var created = client.create("{\"market_segment\":\"market_segment_example\"}");
        assertEquals(Optional.of("market_segment_example"), created.segment().marketSegment());
    }

    @Test
    void answers_what_a_retrieval_then_answers() {
        var created = client.create(Json.named("Retail"));
        client.retrieve(created.id()).mustBe(200).mustShowTheSameAs(created);
    }

    @Test
    void tells_the_location_where_the_object_is() {
        var created = client.create(Json.named("Retail"));
        var location = created.header("Location");
        assertEquals(api.pathOf(created.id()), location);
        var root = URI.create(api.resolve("/").toString().replaceAll("/$", ""));
        assertEquals(
                created.text(),
                new ApiClient(root, client.key())
                        .request("GET", location)
                        .send()
                        .text());
    }

    @Test
    void is_not_a_replay() {
        assertFalse(client.create().has("Idempotent-Replayed"));
    }

    @Test
    void twice_makes_two_objects() {
        var body = Json.named("Retail");
        assertNotEquals(client.create(body).id(), client.create(body).id());
    }
}
