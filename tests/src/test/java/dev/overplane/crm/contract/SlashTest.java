package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("A path with slashes at its end, or doubled")
class SlashTest {

    private final Api api;
    private final ApiClient client;

    SlashTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/crm/market-segment/",
                "/api/crm/market-segment//",
                "//api/crm/market-segment",
                "/api//crm///market-segment"
            })
    void means_the_collection_without_them(String path) {
        client.request("GET", path + "?limit=1").send().mustBe(200);
        client.request("PUT", path).send().mustBe(ApiError.methodNotAllowed());
        var created =
                client.request("POST", path).body(Json.named("Retail")).send().mustBe(201);
        assertEquals(api.pathOf(created.id()), created.header("Location"));
        client.retrieve(created.id()).mustBe(200).mustShowTheSameAs(created);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/crm/market-segment/%s/", "/api/crm/market-segment//%s", "//api/crm//market-segment/%s//"})
    void means_the_object_without_them(String path) {
        var created = client.create(Json.named("Retail"));
        client.request("GET", path.formatted(created.id())).send().mustBe(200).mustShowTheSameAs(created);
        client.request("POST", path.formatted(created.id())).send().mustBe(ApiError.methodNotAllowed());
        client.request("DELETE", path.formatted(created.id())).send().mustBe(200);
        client.retrieve(created.id()).mustBe(ApiError.resourceMissing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/api/", "/api//crm/", "/x//y"})
    void is_unknown_where_it_is_without_them(String path) {
        client.request("GET", path).send().mustBe(ApiError.routeUnknown());
    }
}
