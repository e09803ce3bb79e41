package dev.overplane.crm.benchmark;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.Http;
import dev.overplane.crm.testing.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Measures how long after the response to a create its change event is on the bus of the local stack. Prints a
/// table: milliseconds, in a JVM that has done the same before.
///
/// Usage: `EventLag 1,8`, the numbers of clients that create at the same time.
public final class EventLag {

    private static final int CHANGES = 400;

    private final ApiClient client;
    private final URI events;
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Double> creates = new CopyOnWriteArrayList<>();

    private EventLag(TestStack stack) {
        this.client = stack.client(stack.keys().issue("acct_lag", false, "read_write"));
        this.events = stack.url().resolve("/_local/events");
    }

    public static void main(String[] arguments) {
        int[] clients = Arrays.stream(arguments[0].split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        run(clients[0]);
        System.out.println("| clients at a time | create p50 | lag p50 | lag p99 | longest |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: |");
        for (int number : clients) {
            System.out.println(run(number));
        }
        // The stack's native threads take their time to end.
        System.exit(0);
    }

    private static String run(int clients) {
        try (var stack = TestStack.startSeparately()) {
            return new EventLag(stack).measure(clients);
        }
    }

    private String measure(int clients) {
        var arrived = new ConcurrentHashMap<String, Long>();
        Concurrently.run(clients + 1, number -> {
            if (number < clients) {
                create(CHANGES / clients);
            } else {
                watch(arrived, CHANGES / clients * clients);
            }
            return number;
        });
        // An event may be seen before the response: then it is not late.
        var lags = answered.entrySet().stream()
                .mapToDouble(answer -> Math.max(0, (arrived.get(answer.getKey()) - answer.getValue()) / 1e6))
                .sorted()
                .toArray();
        var durations =
                creates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return "| %d | %.0f | %.0f | %.0f | %.0f |"
                .formatted(
                        clients,
                        durations[durations.length / 2],
                        lags[lags.length / 2],
                        lags[lags.length * 99 / 100],
                        lags[lags.length - 1]);
    }

    private void create(int count) {
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            var id = client.create().id();
            long end = System.nanoTime();
            answered.put(id, end);
            creates.add((end - start) / 1e6);
        }
    }

    private void watch(Map<String, Long> arrived, int count) {
        while (arrived.size() < count) {
            try {
                var response = Http.CLIENT.send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofString());
                long now = System.nanoTime();
                for (var event : Json.read(response.body()).get("data")) {
                    arrived.putIfAbsent(event.at("/detail/data/object/id").textValue(), now);
                }
                Thread.sleep(5);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
