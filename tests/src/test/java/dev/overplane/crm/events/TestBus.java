package dev.overplane.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.overplane.crm.testing.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;

/// EventBridge that takes events, records them, and fails as a test says. Thread-safe.
final class TestBus implements AutoCloseable {

    /// What becomes of a call.
    enum Answer {
        TAKES,
        /// Takes them, and the answer is cut off in the middle.
        TAKES_AND_CUTS,
        /// Takes them, and never answers.
        TAKES_AND_HANGS,
        THROTTLES,
        FAILS,
        DENIES,
        /// Answers with something else than EventBridge does.
        ANSWERS_NONSENSE
    }

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<JsonNode> taken = new ArrayList<>();
    private final List<JsonNode> calls = new ArrayList<>();
    private IntFunction<Answer> answers = _ -> Answer.TAKES;
    private BiPredicate<Integer, JsonNode> refuses = (_, _) -> false;

    TestBus() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// @param plan what becomes of the call of that number, from 1
    synchronized TestBus answering(IntFunction<Answer> plan) {
        answers = plan;
        return this;
    }

    /// @param plan whether the call of that number refuses an event of that detail
    synchronized TestBus refusing(BiPredicate<Integer, JsonNode> plan) {
        refuses = plan;
        return this;
    }

    /// The details of all events, in their order, duplicates included.
    synchronized List<JsonNode> taken() {
        return List.copyOf(taken);
    }

    /// The bodies of all calls.
    synchronized List<JsonNode> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer;
        String response;
        synchronized (this) {
            calls.add(body);
            answer = answers.apply(calls.size());
            response = switch (answer) {
                case TAKES, TAKES_AND_CUTS, TAKES_AND_HANGS ->
                    take(calls.size(), body.path("Entries")).toString();
                case THROTTLES -> "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
                case FAILS -> "{\"__type\":\"InternalException\"}";
                case DENIES -> "{\"__type\":\"AccessDeniedException\"}";
                case ANSWERS_NONSENSE -> "<html>";
            };
        }
        var bytes = response.getBytes(StandardCharsets.UTF_8);
        switch (answer) {
            case TAKES, ANSWERS_NONSENSE -> send(exchange, 200, bytes);
            case THROTTLES, DENIES -> send(exchange, 400, bytes);
            case FAILS -> send(exchange, 500, bytes);
            case TAKES_AND_CUTS -> {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
                exchange.getResponseBody().flush();
                // Closing before the length that was announced closes the connection.
                exchange.close();
            }
            case TAKES_AND_HANGS -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
        }
    }

    private ObjectNode take(int call, JsonNode entries) {
        var response = JsonNodeFactory.instance.objectNode();
        var results = response.putArray("Entries");
        int failed = 0;
        for (var entry : entries) {
            var detail = Json.read(entry.path("Detail").textValue());
            if (refuses.test(call, detail)) {
                results.addObject().put("ErrorCode", "InternalFailure").put("ErrorMessage", "injected");
                failed++;
            } else {
                taken.add(detail);
                results.addObject().put("EventId", "event-" + taken.size());
            }
        }
        return response.put("FailedEntryCount", failed);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
