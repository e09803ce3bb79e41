package dev.overplane.crm.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.testing.client.Http;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Stands between a DynamoDB client and DynamoDB Local, records every attempt at every call, and does to it
/// what its plan says. Functions reach it as they reach any endpoint, by `AWS_ENDPOINT_URL_DYNAMODB`; nothing
/// in them knows of it.
///
/// ```java
/// try (var proxy = FaultProxy.before(TestTables.shared().url())) {
///     proxy.plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());
///     new Functions(proxy.url()).client("acct_1").retrieve(id);
///     proxy.exchanges() // every attempt, in the order of arrival, with DynamoDB's answer
/// }
/// ```
///
/// To count: `measuring()` makes DynamoDB say what each call costs, see [Exchange#units]; calls are told apart
/// from attempts at them by [Call#invocation]. DynamoDB Local counts transactions wrongly; other calls rightly.
///
/// Thread-safe.
public final class FaultProxy implements AutoCloseable {

    /// Decides upon a request. Called by many threads at once.
    @FunctionalInterface
    public interface Plan extends Function<Call, Fault> {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "x-amz-target";
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;
    /// Those of all proxies that are not closed: one that is cut off for a while wants its port back.
    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
    private static final Set<String> FORWARDED = Set.of(TARGET, "content-type", "authorization", "x-amz-date");

    private final URI upstream;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Exchange> exchanges = new ArrayList<>();
    private volatile ServerSocket listener;
    private volatile Plan plan = _ -> Fault.none();
    private volatile UnaryOperator<Call> rewriting = UnaryOperator.identity();
    private volatile boolean measuring;
    private int busy;

    private FaultProxy(URI upstream) {
        this.upstream = upstream;
        this.listener = listen();
    }

    /// A proxy without faults, at a free port.
    public static FaultProxy before(URI upstream) {
        return new FaultProxy(upstream);
    }

    /// Where it listens.
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// Sets what happens from now on.
    public void plan(Plan faults) {
        plan = faults;
    }

    /// Changes requests on their way from now on: to take a protection away, and see that it is missed.
    public void rewriting(UnaryOperator<Call> change) {
        rewriting = change;
    }

    /// Has DynamoDB say what each call costs from now on.
    public void measuring() {
        measuring = true;
    }

    /// Every request since the start or [#forget], in the order of arrival.
    public List<Exchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /// The calls among the requests, each by its first attempt.
    public List<Call> calls() {
        return exchanges().stream()
                .map(Exchange::call)
                .filter(call -> call.attempt() == 1)
                .toList();
    }

    /// Begins a new record.
    public void forget() {
        synchronized (exchanges) {
            exchanges.clear();
        }
    }

    /// Waits until nothing is on its way to DynamoDB any more, requests that are late included.
    public void awaitQuiet() throws InterruptedException {
        synchronized (exchanges) {
            while (busy > 0) {
                exchanges.wait();
            }
        }
    }

    /// Cuts DynamoDB off: whoever is connected is thrown out, and whoever connects is refused.
    public void disconnect() {
        closeAll();
    }

    /// Listens again, at the same port.
    public void reconnect() {
        listener = listen(listener.getLocalPort());
    }

    @Override
    public void close() {
        closeAll();
        PORTS.remove(listener.getLocalPort());
    }

    private void closeAll() {
        close(listener);
        connections.forEach(FaultProxy::close);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Listens below the ports that operating systems give out by themselves: a port that is cut off for a
    /// while must not become another server's, which would answer in our place.
    private ServerSocket listen() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            if (PORTS.add(port)) {
                try {
                    return listen(port);
                } catch (UncheckedIOException e) {
                    PORTS.remove(port);
                    if (!(e.getCause() instanceof BindException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private ServerSocket listen(int port) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            Thread.startVirtualThread(() -> accept(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                if (server.isClosed()) {
                    // It was cut off between the two lines above, and has not seen this connection.
                    socket.close();
                }
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open) {
                Map<String, String> headers = headers(in);
                open = !headers.isEmpty() && serve(headers, in, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The other side has gone, or close() was called.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /// @return whether the connection stays open
    private boolean serve(Map<String, String> headers, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        Call call = rewriting.apply(call(headers, body));
        if (measuring) {
            call.body().put("ReturnConsumedCapacity", "INDEXES");
        }
        int number;
        Fault fault = plan.apply(call);
        synchronized (exchanges) {
            number = exchanges.size();
            exchanges.add(Exchange.unanswered(call, fault));
            busy++;
        }
        Reply reply = null;
        try {
            if (fault instanceof Fault.Late(Duration delay)) {
                Thread.sleep(delay);
            }
            if (isForwarded(fault)) {
                reply = forward(headers, call);
            }
        } finally {
            synchronized (exchanges) {
                if (reply != null && number < exchanges.size()) {
                    exchanges.set(number, new Exchange(call, fault, reply.status(), json(reply.body())));
                }
                busy--;
                exchanges.notifyAll();
            }
        }
        return switch (fault) {
            case Fault.None() -> write(out, reply, Integer.MAX_VALUE);
            case Fault.CutMidway() -> write(out, reply, reply.body().length / 2);
            case Fault.Refused(int status, ObjectNode error) ->
                write(out, new Reply(status, Map.of(), JSON.writeValueAsBytes(error)), Integer.MAX_VALUE);
            case Fault.CutBefore(), Fault.CutAfter() -> false;
            case Fault.Silent(), Fault.SilentAfter(), Fault.Late _ -> {
                var _ = in.read(); // Until the client gives up.
                yield false;
            }
        };
    }

    private static boolean isForwarded(Fault fault) {
        return switch (fault) {
            case Fault.Refused _, Fault.CutBefore _, Fault.Silent _ -> false;
            case Fault.None _, Fault.CutAfter _, Fault.CutMidway _, Fault.SilentAfter _, Fault.Late _ -> true;
        };
    }

    private record Reply(int status, Map<String, String> headers, byte[] body) {}

    private Reply forward(Map<String, String> headers, Call call) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(upstream.resolve("/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(call.body())));
        headers.forEach((name, value) -> {
            if (FORWARDED.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<byte[]> response = Http.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        var kept = new HashMap<String, String>();
        response.headers().map().forEach((name, values) -> {
            if (name.startsWith("x-amz")) {
                kept.put(name, values.getFirst());
            }
        });
        return new Reply(response.statusCode(), kept, response.body());
    }

    private static boolean write(OutputStream out, Reply reply, int limit) throws IOException {
        var head = new StringBuilder(
                "HTTP/1.1 " + reply.status() + " Proxied\r\nContent-Type: application/x-amz-json-1.0\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.write(reply.body(), 0, Math.min(limit, reply.body().length));
        out.flush();
        return limit >= reply.body().length;
    }

    private static Call call(Map<String, String> headers, byte[] body) throws IOException {
        String target = headers.getOrDefault(TARGET, "");
        String attempt = headers.getOrDefault("amz-sdk-request", "attempt=1").replaceFirst(".*attempt=(\\d+).*", "$1");
        return new Call(
                target.substring(target.indexOf('.') + 1),
                headers.getOrDefault("amz-sdk-invocation-id", ""),
                Integer.parseInt(attempt),
                (ObjectNode) JSON.readTree(body));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The header fields by lower-case name, empty at the end of the stream.
    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("POST ")) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
