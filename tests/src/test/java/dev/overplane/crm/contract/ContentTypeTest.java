package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("The Content-Type of a create or an update")
class ContentTypeTest {

    private static final String BODY = Json.named("Retail");

    private final ApiClient client;

    ContentTypeTest(Api api) {
        this.client = api.client();
    }

    @Test
    void may_be_absent() {
        var created = client.post(BODY).withoutHeader("Content-Type").send().mustBe(201);
        assertEquals(Optional.of("Retail"), created.segment().marketSegment());
        client.patch(created.id(), BODY).withoutHeader("Content-Type").send().mustBe(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "APPLICATION/JSON; CHARSET=UTF-8",
                "application/merge-patch+json",
                "application/vnd.api+json",
                "Application/Problem+JSON; charset=utf-8"
            })
    void may_be_any_of_JSON(String contentType) {
        var created =
                client.post(BODY).header("Content-Type", contentType).send().mustBe(201);
        assertEquals(Optional.of("Retail"), created.segment().marketSegment());
        client.patch(created.id(), BODY)
                .header("Content-Type", contentType)
                .send()
                .mustBe(200);
    }

    @Test
    void is_refused_even_if_no_body_comes_with_it() {
        client.onCollection("POST", "")
                .header("Content-Type", "text/plain")
                .send()
                .mustBe(ApiError.contentTypeUnsupported());
    }
}
