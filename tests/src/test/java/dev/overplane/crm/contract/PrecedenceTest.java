package dev.overplane.crm.contract;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The contract does not say which of several faults is reported. What counts: no response reveals anything to
/// a caller who may not know it, and the order does not change by accident. See also [ScopeTest].
@Contract
@DisplayName("Of several faults")
class PrecedenceTest {

    private final Api api;
    private final ApiClient client;

    PrecedenceTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void an_invalid_key_comes_before_all_that_is_wrong_with_the_request() {
        var stranger = api.clientWith("sk_test_x");
        stranger.post("not JSON").header("Content-Type", "text/plain").send().mustBe(ApiError.keyInvalid());
        stranger.post("x".repeat(20_000)).send().mustBe(ApiError.keyInvalid());
        stranger.retrieve("x").mustBe(ApiError.keyInvalid());
        stranger.retrieve(client.create().id()).mustBe(ApiError.keyInvalid());
        stranger.list("?limit=0&page=1").mustBe(ApiError.keyInvalid());
        stranger.onObject("DELETE", "x").header("If-Match", "x").send().mustBe(ApiError.keyInvalid());
    }

    @Test
    void an_unknown_path_or_method_comes_before_an_invalid_key() {
        var stranger = api.clientWith("sk_test_x");
        stranger.request("GET", "/x").send().mustBe(ApiError.routeUnknown());
        stranger.request("PUT", ApiClient.PATH).send().mustBe(ApiError.methodNotAllowed());
    }

    @Test
    void the_content_type_comes_before_the_body_and_its_size() {
        client.post("not JSON").header("Content-Type", "text/plain").send().mustBe(ApiError.contentTypeUnsupported());
        client.post("x".repeat(20_000))
                .header("Content-Type", "text/plain")
                .send()
                .mustBe(ApiError.contentTypeUnsupported());
    }

    @Test
    void the_form_of_the_body_comes_before_its_members_and_those_before_their_values() {
        client.post("{\"x\":1,\"x\":2}").send().mustBe(ApiError.bodyInvalid());
        client.post("{\"market_segment\":5,\"x\":1}").send().mustBe(ApiError.parameterUnknown("x"));
    }
}
