package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("If-Match")
class IfMatchTest {

    private final Api api;
    private final ApiClient client;

    IfMatchTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    private ApiResponse update(String id, String ifMatch, String body) {
        return client.patch(id, body).header("If-Match", ifMatch).send();
    }

    private ApiResponse delete(String id, String ifMatch) {
        return client.onObject("DELETE", id).header("If-Match", ifMatch).send();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "*", "\"x\", %s", "%s,\"x\"", "W/\"y\" , %s", "\"a,b\",%s", ",%s", "%s,", " , ,%s , ,\"x\""
            })
    void lets_a_write_pass_if_one_tag_is_the_present_one(String ifMatch) {
        var created = client.create(Json.named("Retail"));
        var updated = update(created.id(), ifMatch.formatted(created.etag()), Json.named("Wholesale"))
                .mustBe(200);
        assertEquals(Optional.of("Wholesale"), updated.segment().marketSegment());
        delete(created.id(), ifMatch.formatted(updated.etag())).mustBe(200);
        client.retrieve(created.id()).mustBe(ApiError.resourceMissing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/%s", "\"x\", W/%s", "\"\"", "\"x\", \"y\""})
    void stops_a_write_if_no_tag_is_the_present_one_or_only_weakly(String ifMatch) {
        var created = client.create(Json.named("Retail"));
        var header = ifMatch.formatted(created.etag());
        update(created.id(), header, Json.named("Wholesale")).mustBe(ApiError.preconditionFailed());
        delete(created.id(), header).mustBe(ApiError.preconditionFailed());
        assertUnchanged(created);
    }

    @Test
    void stops_a_write_after_somebody_elses() {
        var created = client.create(Json.named("Retail"));
        var theirs = client.update(created.id(), Json.named("theirs")).mustBe(200);
        update(created.id(), created.etag(), Json.named("ours")).mustBe(ApiError.preconditionFailed());
        delete(created.id(), created.etag()).mustBe(ApiError.preconditionFailed());
        assertUnchanged(theirs);
    }

    @Test
    void stops_even_an_update_that_would_change_nothing() {
        var created = client.create(Json.named("Retail"));
        update(created.id(), "\"x\"", "{}").mustBe(ApiError.preconditionFailed());
        assertEquals(
                created.text(),
                update(created.id(), created.etag(), "{}").mustBe(200).text());
    }

    @Test
    void without_it_the_last_write_wins() {
        var id = client.create(Json.named("Retail")).id();
        client.update(id, Json.named("first")).mustBe(200);
        client.update(id, Json.named("second")).mustBe(200);
        assertEquals(Optional.of("second"), client.retrieve(id).segment().marketSegment());
    }

    @Test
    void lets_one_of_many_writers_win() {
        var created = client.create(Json.named("Retail"));
        var responses = Concurrently.run(
                api.atOnce(16), number -> update(created.id(), created.etag(), Json.named("writer " + number)));
        var won =
                responses.stream().filter(response -> response.status() == 200).toList();
        assertEquals(1, won.size(), responses::toString);
        responses.stream()
                .filter(response -> response.status() != 200)
                .forEach(response -> response.mustBe(ApiError.preconditionFailed()));
        assertUnchanged(won.getFirst());
    }

    @Test
    void without_it_all_of_many_writers_pass() {
        var id = client.create(Json.named("Retail")).id();
        var atOnce = api.atOnce(16);
        var responses = Concurrently.run(atOnce, number -> client.update(id, Json.named("writer " + number)));
        responses.forEach(response -> response.mustBe(200));
        assertEquals(
                atOnce, responses.stream().map(ApiResponse::etag).distinct().count(), responses::toString);
    }

    private void assertUnchanged(ApiResponse last) {
        client.retrieve(last.id()).mustBe(200).mustShowTheSameAs(last);
    }
}
