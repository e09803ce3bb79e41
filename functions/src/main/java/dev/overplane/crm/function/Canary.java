package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.key.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/// Uses every route of the API once, as a client does, and leaves nothing behind.
///
/// For one thread.
final class Canary {

    private static final String COLLECTION = "/api/crm/market-segment";
    /// Enough for a function that has to be started.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Json JSON = Json.ofDepth(3);

    private final HttpClient http;
    private final URI api;
    private final ApiKey key;

    /// @param api address of the API, without a slash at the end
    /// @param key a key of an account that nobody else uses
    Canary(HttpClient http, URI api, ApiKey key) {
        this.http = http;
        this.api = api;
        this.key = key;
    }

    /// Uses the routes.
    ///
    /// @throws CanaryException if a response is not the right one, or does not come
    void run() {
        HttpResponse<String> created = send(
                201,
                request("POST", COLLECTION, "{\"market_segment\":\"canary\"}")
                        .header("Idempotency-Key", UUID.randomUUID().toString()));
        String object = COLLECTION + "/" + id(created);
        try {
            send(200, request("GET", object, ""));
            send(200, request("HEAD", object, ""));
            send(200, request("GET", COLLECTION + "?limit=1", ""));
            send(200, request("HEAD", COLLECTION + "?limit=1", ""));
            send(200, request("PATCH", object, "{\"market_segment\":null}"));
        } finally {
            send(200, request("DELETE", object, ""));
        }
        send(404, request("GET", object, ""));
        send(405, request("PUT", object, ""));
        send(404, request("GET", "/", ""));
    }

    private HttpRequest.Builder request(String method, String target, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + target))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key.reveal());
        return body.isEmpty()
                ? request.method(method, BodyPublishers.noBody())
                : request.method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(int expected, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new CanaryException(
                        what + " answered " + response.statusCode() + " instead of " + expected + ", request "
                                + response.headers().firstValue("Request-Id").orElse("without an id"));
            }
            return response;
        } catch (IOException e) {
            throw new CanaryException(what + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanaryException(what + " was interrupted", e);
        }
    }

    private static String id(HttpResponse<String> created) {
        try {
            JsonNode segment = JSON.read(created.body());
            return segment.path("id").asText();
        } catch (MalformedJsonException e) {
            throw new CanaryException("what was created is not JSON", e);
        }
    }
}
