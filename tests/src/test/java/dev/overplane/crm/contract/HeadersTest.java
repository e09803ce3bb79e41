package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a response says to caches, to browsers and, of an error, to the developer. [MethodTest] and the suite
/// of the template look at those that the gateway answers by itself.
@Contract
@DisplayName("The headers")
class HeadersTest {

    private final Api api;
    private final ApiClient client;

    HeadersTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void of_an_object_let_its_client_keep_it_and_ask_after_it() {
        var created = client.create(Json.named("Retail"));
        var id = created.id();
        assertKept(created);
        assertKept(client.retrieve(id));
        assertKept(client.onObject("GET", id)
                .header("If-None-Match", created.etag())
                .send()
                .mustBe(304));
        assertKept(client.update(id, "{}"));
        assertKept(client.update(id, Json.named("Wholesale")));
    }

    @Test
    void of_anything_else_let_nobody_keep_it() {
        var id = client.create(Json.named("Retail")).id();
        assertNotKept(client.list("?limit=1").mustBe(200));
        assertNotKept(client.list("?limit=0").mustBe(400));
        assertNotKept(client.update(id, "{").mustBe(400));
        assertNotKept(
                client.onObject("DELETE", id).header("If-Match", "\"x\"").send().mustBe(412));
        assertNotKept(client.delete(id).mustBe(200));
        assertNotKept(client.retrieve(id).mustBe(404));
        assertNotKept(
                client.post("{}").header("Content-Type", "text/plain").send().mustBe(415));
        assertNotKept(client.post("x".repeat(20_000)).send().mustBe(413));
        assertNotKept(api.readOnlyClient().post("{}").send().mustBe(ApiError.keyReadOnly()));
    }

    @ParameterizedTest
    @CsvSource({
        "{, body_invalid",
        "{\"market_segment\":5}, parameter_invalid",
        "{\"x\":5}, parameter_unknown",
    })
    void of_an_error_lead_to_what_the_reference_says_of_its_code(String body, String code) {
        var response = client.post(body).send().mustBe(400);
        assertEquals(code, response.error().code());
        var link = response.header("Link");
        assertTrue(link.matches("<[^<>#]+#" + code + ">; rel=\"help\""), link);
    }

    @Test
    void of_a_success_lead_to_no_help() {
        var created = client.create(Json.named("Retail"));
        assertFalse(created.has("Link"), created::toString);
    }

    private static void assertKept(ApiResponse response) {
        assertTrue(response.has("ETag"), response::toString);
        assertEquals("private, no-cache", response.header("Cache-Control"));
        assertEquals("Authorization", response.header("Vary"));
        assertEquals("nosniff", response.header("X-Content-Type-Options"));
    }

    private static void assertNotKept(ApiResponse response) {
        assertFalse(response.has("ETag"), response::toString);
        assertEquals("no-store", response.header("Cache-Control"));
        assertFalse(response.has("Vary"), response::toString);
        assertEquals("nosniff", response.header("X-Content-Type-Options"));
    }
}
