package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("The Content-Type of a create or an update")
class ContentTypeTest {

    private static final String BODY = Json.named("Retail");

    private final Client client;

    ContentTypeTest(Api api) {
        this.client = api.client();
    }

    @Test
    void may_be_absent() {
        var created = client.post(BODY).without("Content-Type").send().mustBe(201);
        assertEquals(Optional.of("Retail"), created.segment().marketSegment());
        client.patch(created.id(), BODY).without("Content-Type").send().mustBe(200);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "text/plain; charset=utf-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/octet-stream",
                "application/jsonp",
                "application/json-patch",
                "application/+json",
                "image/svg+json",
                "json",
                "*/*",
                "text/plain, application/json"
            })
    void is_refused_if_it_is_another(String contentType) {
        client.post(BODY).header("Content-Type", contentType).send().mustBe(Refusal.contentTypeUnsupported());
        var created = client.create();
        client.patch(created.id(), BODY)
                .header("Content-Type", contentType)
                .send()
                .mustBe(Refusal.contentTypeUnsupported());
        assertEquals(created.text(), client.retrieve(created.id()).text());
    }

    @Test
    void is_refused_even_if_no_body_comes_with_it() {
        client.onCollection("POST", "")
                .header("Content-Type", "text/plain")
                .send()
                .mustBe(Refusal.contentTypeUnsupported());
    }
}
