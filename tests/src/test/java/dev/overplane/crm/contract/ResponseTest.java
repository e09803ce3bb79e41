package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// That each single response is well-formed is checked by `ApiResponse`, for every request of the
/// suite.
@Contract
@DisplayName("Every response")
class ResponseTest {

    private final ApiClient client;

    ResponseTest(Api api) {
        this.client = api.client();
    }

    private List<ApiResponse> oneOfEachKind() {
        var created = client.create(Json.named("Retail"));
        var id = created.id();
        return List.of(
                created,
                client.retrieve(id).mustBe(200),
                client.onObject("GET", id)
                        .header("If-None-Match", created.etag())
                        .send()
                        .mustBe(304),
                client.list("?limit=1").mustBe(200),
                client.update(id, "{}").mustBe(200),
                client.onObject("DELETE", id).header("If-Match", "\"x\"").send().mustBe(412),
                client.delete(id).mustBe(200),
                client.retrieve(id).mustBe(404),
                client.post("{").send().mustBe(400),
                client.list("?limit=0").mustBe(400),
                client.post("{}").header("Content-Type", "text/plain").send().mustBe(415),
                client.post("x".repeat(20_000)).send().mustBe(413),
                client.onCollection("GET", "")
                        .withoutHeader("Authorization")
                        .send()
                        .mustBe(401),
                client.onCollection("GET", "")
                        .header("Authorization", "Bearer x")
                        .send()
                        .mustBe(401),
                client.request("GET", "/x").send().mustBe(404));
    }

    @Test
    void has_a_request_id_of_its_own() {
        var ids = Stream.concat(oneOfEachKind().stream(), oneOfEachKind().stream())
                .map(response -> response.header("Request-Id"))
                .toList();
        assertEquals(ids.size(), ids.stream().distinct().count(), ids::toString);
    }

    @Test
    void takes_no_request_id_from_the_client() {
        var response = client.onCollection("GET", "?limit=1")
                .header("Request-Id", "mine")
                .header("X-Request-Id", "mine")
                .header("x-amzn-RequestId", "mine")
                .header("x-amz-apigw-id", "mine")
                .send();
        assertFalse(response.header("Request-Id").contains("mine"));
        var unknown =
                client.request("GET", "/x").header("x-amzn-RequestId", "mine").send();
        assertFalse(unknown.header("Request-Id").contains("mine"));
        var refused = client.onCollection("GET", "")
                .header("Authorization", "Bearer x")
                .header("x-amzn-RequestId", "mine")
                .send();
        assertFalse(refused.header("Request-Id").contains("mine"));
    }

    @Test
    void has_an_entity_tag_only_if_it_is_an_object() {
        var tagged =
                oneOfEachKind().stream().map(response -> response.has("ETag")).toList();
        var t = true;
        var f = false;
        assertEquals(List.of(t, t, t, f, t, f, f, f, f, f, f, f, f, f, f), tagged);
    }
}
