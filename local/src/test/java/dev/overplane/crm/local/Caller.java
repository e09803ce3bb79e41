package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client of the API.
record Caller(URI api, String key) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/api/crm/market-segment";

    /// The id of a new object.
    String create() throws IOException, InterruptedException {
        var response = send("POST", PATH);
        if (response.statusCode() != 201) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).path("id").asText();
    }

    int status(String id) throws IOException, InterruptedException {
        return send("GET", PATH + "/" + id).statusCode();
    }

    /// The ids of all objects, in all pages.
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
        var response = send("GET", PATH + "?limit=100&offset=" + offset);
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + path))
                .method(method, BodyPublishers.noBody())
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(20))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
