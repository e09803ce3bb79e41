package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.overplane.crm.local.http.TestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// Calls the API of a stack.
record SegmentClient(TestClient http, String key) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/api/crm/market-segment";

    static SegmentClient of(LocalStack stack) {
        return new SegmentClient(new TestClient(stack.apiUrl()), stack.apiKey());
    }

    /// Calls it with a new key of the account, which may only read.
    static SegmentClient readOnly(LocalStack stack, String account) throws IOException, InterruptedException {
        var issued = json(
                200,
                new TestClient(stack.lambdaUrl())
                        .invoke(
                                "IssueApiKeyFunction",
                                "{\"account\":\"" + account + "\",\"livemode\":false,\"scope\":\"read_only\"}"));
        return new SegmentClient(
                new TestClient(stack.apiUrl()), issued.path("secret").asText());
    }

    /// Creates an object, and returns its id.
    String create() throws IOException, InterruptedException {
        return json(201, send("POST", PATH)).path("id").asText();
    }

    /// Returns the status of a retrieve.
    int status(String id) throws IOException, InterruptedException {
        return send("GET", PATH + "/" + id).statusCode();
    }

    /// Returns the body of a listing as it was sent.
    String list() throws IOException, InterruptedException {
        return send("GET", PATH).body();
    }

    /// Returns the ids of all objects, from all pages.
    List<String> ids() throws IOException, InterruptedException {
        var ids = new ArrayList<String>();
        JsonNode page;
        do {
            page = page(ids.size());
            page.path("data").forEach(object -> ids.add(object.path("id").asText()));
        } while (page.path("has_more").asBoolean());
        return ids;
    }

    int total() throws IOException, InterruptedException {
        return page(0).path("total").asInt();
    }

    private JsonNode page(int offset) throws IOException, InterruptedException {
        return json(200, send("GET", PATH + "?limit=100&offset=" + offset));
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(method, path, "", "Authorization", "Bearer " + key);
    }

    private static JsonNode json(int expectedStatus, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != expectedStatus) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
