package dev.overplane.crm.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.client.api.MarketSegmentsApi;
import dev.overplane.crm.client.model.ErrorResponse;
import dev.overplane.crm.client.model.MarketSegment;
import dev.overplane.crm.client.model.MarketSegmentParams;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What openapi-generator makes of `openapi.yaml` for Java, used as its readers would. In Java 11, as what is
/// generated.
class RoundTripTest {
    private final MarketSegmentsApi segments = api(System.getenv("API_KEY"));

    private static MarketSegmentsApi api(String key) {
        var client = new ApiClient();
        client.updateBaseUri(System.getenv("API_URL"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
        return new MarketSegmentsApi(client);
    }

    private static MarketSegmentParams named(String name) {
        return new MarketSegmentParams().marketSegment(name);
    }

    private static void assertRefused(int status, String code, Executable call) throws Exception {
        var refused = assertThrows(ApiException.class, call);
        var error = new ApiClient()
                .getObjectMapper()
                .readValue(refused.getResponseBody(), ErrorResponse.class)
                .getError();
        assertEquals(status + " " + code, refused.getCode() + " " + error.getCode());
        assertEquals(refused.getResponseHeaders().firstValue("Request-Id").orElseThrow(), error.getRequestId());
    }

    @Test
    void aSegmentIsCreatedListedUpdatedAndDeleted() throws Exception {
        var key = UUID.randomUUID().toString();
        var created = segments.createMarketSegmentWithHttpInfo(key, named("Mid-market retail"));
        var id = created.getData().getId();
        var etag = created.getHeaders().get("etag").get(0);
        assertEquals("Mid-market retail", created.getData().getMarketSegment());
        assertEquals(
                id,
                segments.createMarketSegment(key, named("Mid-market retail")).getId());
        assertEquals(created.getData(), segments.retrieveMarketSegment(id, null));

        // Where no params are given, this client sends the JSON value null, which is no object and refused.
        var second = segments.createMarketSegment(null, new MarketSegmentParams());
        assertNull(second.getMarketSegment());
        var page = segments.listMarketSegments(1, null, null);
        assertTrue(page.getHasMore() && page.getTotal() >= 2, page::toString);
        assertEquals(second, page.getData().get(0));
        var next = segments.listMarketSegments(1, null, second.getId());
        assertEquals(
                List.of(id), next.getData().stream().map(MarketSegment::getId).collect(Collectors.toList()));

        assertEquals(
                "Retail",
                segments.updateMarketSegment(id, named("Retail"), null, etag).getMarketSegment());
        assertRefused(412, "precondition_failed", () -> segments.updateMarketSegment(id, named("Other"), null, etag));
        assertEquals(
                "Retail",
                segments.updateMarketSegment(id, new MarketSegmentParams(), null, null)
                        .getMarketSegment());
        assertNull(segments.updateMarketSegment(id, named(null), null, null).getMarketSegment());

        assertTrue(segments.deleteMarketSegment(id, null, null).getDeleted());
        assertRefused(404, "resource_missing", () -> segments.retrieveMarketSegment(id, null));
    }

    @Test
    void whatIsRefusedIsAnExceptionWithTheError() throws Exception {
        assertRefused(401, "api_key_invalid", () -> api("sk_test_wrong").listMarketSegments(null, null, null));
        assertRefused(400, "parameter_invalid", () -> segments.listMarketSegments(0, null, null));
        var key = UUID.randomUUID().toString();
        segments.createMarketSegment(key, named("One"));
        assertRefused(422, "idempotency_key_reused", () -> segments.createMarketSegment(key, named("Other")));
    }
}
