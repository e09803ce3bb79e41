package dev.overplane.crm.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.Http;
import dev.overplane.crm.testing.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What the local stack shows of its bus and its failure queue.
record Bus(URI api) {

    /// In milliseconds. Ample for a busy machine: it ends a test that fails, and no other.
    private static final int LIMIT = 60_000;

    private static final int POLL = 50;

    static Bus of(TestStack stack) {
        return new Bus(stack.url());
    }

    /// The details of an account's events, oldest first, as soon as there are that many.
    List<JsonNode> await(String account, int count) {
        return await(() -> events(account), count);
    }

    /// The messages of the failure queue, as soon as there are that many.
    List<JsonNode> awaitFailures(int count) {
        return await(() -> data("/_local/failures"), count);
    }

    /// The details of an account's events, oldest first.
    List<JsonNode> events(String account) {
        return data("/_local/events").reversed().stream()
                .map(event -> event.get("detail"))
                .filter(detail -> detail.get("account").textValue().equals(account))
                .toList();
    }

    private static List<JsonNode> await(Supplier<List<JsonNode>> look, int count) {
        try {
            var found = look.get();
            for (int waited = 0; found.size() < count && waited < LIMIT; waited += POLL) {
                Thread.sleep(POLL);
                found = look.get();
            }
            assertEquals(count, found.size(), found::toString);
            return found;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private List<JsonNode> data(String path) {
        try {
            var response =
                    Http.CLIENT.send(HttpRequest.newBuilder(api.resolve(path)).build(), BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            var data = new ArrayList<JsonNode>();
            Json.read(response.body()).get("data").forEach(data::add);
            return data;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
