package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.openapi.ApiDescription;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of `openapi.yaml`. Those of errors with one message only are compared with every error that any suite
/// gets, where it arrives.
@Contract
@DisplayName("An example of the reference")
class ExamplesTest {

    private static final String COLLECTION = "/paths/~1api~1crm~1market-segment/";
    private static final String OBJECT = "/paths/~1api~1crm~1market-segment~1{id}/";

    private final Api api;
    private final JsonNode document = ApiDescription.get().document();

    ExamplesTest(Api api) {
        this.api = api;
    }

    @Test
    void of_a_success_is_a_real_answer() {
        var owner = api.emptyAccount();
        var created = owner.create(body(COLLECTION + "post"));
        var id = created.id();
        assertExample(COLLECTION + "post/responses/201", "object", created);
        assertExample(OBJECT + "get/responses/200", "object", owner.retrieve(id).mustBe(200));
        assertExample(
                OBJECT + "patch/responses/200",
                "object",
                owner.update(id, body(OBJECT + "patch")).mustBe(200));
        assertExample(COLLECTION + "get/responses/200", "page", owner.list("").mustBe(200));
        assertExample(
                OBJECT + "delete/responses/200", "deleted", owner.delete(id).mustBe(200));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, parameter_invalid",
        "colour=red, parameter_unknown",
        "offset=0&starting_after=ID, parameter_conflict",
    })
    void of_a_listing_that_is_refused_is_a_real_answer(String query, String code) {
        var client = api.client();
        var id = client.create().id();
        assertExample(
                "/components/responses/ListParameterInvalid",
                code,
                client.list("?" + query.replace("ID", id)).mustBe(400));
    }

    @ParameterizedTest
    @CsvSource({
        "{, body_invalid",
        "{\"market_segment\":5}, parameter_invalid",
        "{\"colour\":5}, parameter_unknown",
    })
    void of_a_write_that_is_refused_is_a_real_answer(String body, String code) {
        assertExample(
                "/components/responses/WriteInvalid",
                code,
                api.client().post(body).send().mustBe(400));
    }

    @Test
    void of_a_retrieval_or_deletion_that_is_refused_is_a_real_answer() {
        var client = api.client();
        var id = client.create().id();
        var responses = "/components/responses/QueryOrHeaderInvalid";
        assertExample(
                responses,
                "parameter_unknown",
                client.request("GET", ApiClient.PATH + "/" + id + "?colour=red")
                        .send()
                        .mustBe(400));
        assertExample(
                responses,
                "parameter_invalid",
                client.onObject("DELETE", id)
                        .header("Idempotency-Key", "a b")
                        .send()
                        .mustBe(400));
    }

    private String body(String operation) {
        return document.at(operation + "/requestBody/content/application~1json/examples/name/value")
                .toString();
    }

    private void assertExample(String response, String name, ApiResponse actual) {
        var example = document.at(response + "/content/application~1json/examples/" + name + "/value");
        assertFalse(example.isMissingNode(), () -> "no example " + name + " of " + response);
        var expected = example.deepCopy();
        var found = actual.json().deepCopy();
        assertEquals(Json.order(expected), Json.order(found));
        forget(expected);
        forget(found);
        assertEquals(expected, found);
    }

    /// Removes what differs from one answer to the next.
    private static void forget(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("id", "created_at", "updated_at", "request_id"));
        }
        node.forEach(ExamplesTest::forget);
    }
}
