package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("A route that does not exist")
class RouteTest {

    private final ApiClient client;

    RouteTest(Api api) {
        this.client = api.client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/crm",
                "/api/crm/market-segments",
                "/api/crm/market_segment",
                "/api/crm/Market-Segment",
                "/API/CRM/MARKET-SEGMENT",
                "/api/crm/market-segmentmarket-segment_abc123",
                "/api/crm/market-segment/market-segment_abc123/x",
                "/api/crm/market-segment/market-segment_abc123/x/y",
                "/v2/api/crm/market-segment",
                "/favicon.ico"
            })
    void is_404_for_a_path_that_is_unknown(String path) {
        client.request("GET", path).send().mustBe(ApiError.routeUnknown());
        client.request("POST", path).body("{}").send().mustBe(ApiError.routeUnknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
    void is_404_for_every_method(String method) {
        client.request(method, "/api/crm/market-segments").send().mustBe(404);
        client.request(method, "/").send().mustBe(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain; charset=utf-8",
                "application/xml",
                "text/xml",
                "application/octet-stream"
            })
    void is_told_whatever_is_sent_there(String contentType) {
        client.request("POST", "/x")
                .body("x=1")
                .header("Content-Type", contentType)
                .send()
                .mustBe(ApiError.routeUnknown());
        client.request("PUT", ApiClient.PATH)
                .body("x=1")
                .header("Content-Type", contentType)
                .send()
                .mustBe(ApiError.methodNotAllowed());
    }

    @Test
    void is_404_with_or_without_a_key() {
        var with = client.request("GET", "/api/crm").send().mustBe(ApiError.routeUnknown());
        var without = client.request("GET", "/api/crm")
                .withoutHeader("Authorization")
                .send()
                .mustBe(ApiError.routeUnknown());
        var wrong = client.request("GET", "/api/crm")
                .header("Authorization", "x")
                .send()
                .mustBe(ApiError.routeUnknown());
        assertEquals(with.errorWithoutRequestId(), without.errorWithoutRequestId());
        assertEquals(with.errorWithoutRequestId(), wrong.errorWithoutRequestId());
    }

    /// Whether a coded slash parts two segments is the gateway's affair; that it leads nowhere is ours.
    @ParameterizedTest
    @ValueSource(strings = {"/..%2fmarket-segment", "/market-segment_abc123%2Fx", "/%2e%2e"})
    void is_404_for_a_path_that_is_coded_to_deceive(String path) {
        var error =
                client.request("GET", ApiClient.PATH + path).send().mustBe(404).error();
        assertTrue(Set.of(ApiError.routeUnknown(), ApiError.resourceMissing()).contains(error), error::toString);
    }
}
