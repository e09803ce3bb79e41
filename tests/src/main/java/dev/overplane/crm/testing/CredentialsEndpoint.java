package dev.overplane.crm.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands out a role's credentials as Lambda does to a function under SnapStart: by
/// [HTTP](https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html), good for six
/// hours.
///
/// Thread-safe.
public final class CredentialsEndpoint implements AutoCloseable {

    /// The variable that tells a function where it is.
    public static final String VARIABLE = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    private static final Duration LIFE = Duration.ofHours(6);

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String generation = "Before";

    private CredentialsEndpoint(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// One at a free port.
    public static CredentialsEndpoint start() {
        try {
            return new CredentialsEndpoint(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/credentials");
    }

    /// How often it has been asked.
    public int asked() {
        return asked.get();
    }

    /// Hands out other credentials from now on: their access key, secret and token all end with `generation`.
    public void change(String newGeneration) {
        generation = newGeneration;
    }

    /// The access key id of a generation, at first of `Before`.
    public static String accessKeyId(String generation) {
        return "AKIDOFTHEROLE" + generation;
    }

    /// The secret access key of a generation.
    public static String secretAccessKey(String generation) {
        return "secretOfTheRole" + generation;
    }

    /// The environment variables of a function under SnapStart.
    ///
    /// @param environment those of the same function in a plain start
    public Map<String, String> snapStart(Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        variables.remove("AWS_ACCESS_KEY_ID");
        variables.remove("AWS_SECRET_ACCESS_KEY");
        variables.put(VARIABLE, url().toString());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return Map.copyOf(variables);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String now = generation;
        byte[] body = """
                {"AccessKeyId":"%s","SecretAccessKey":"%s","Token":"tokenOfTheRole%s","Expiration":"%s"}""".formatted(
                        accessKeyId(now),
                        secretAccessKey(now),
                        now,
                        Instant.now().plus(LIFE).truncatedTo(ChronoUnit.SECONDS))
                .getBytes(StandardCharsets.US_ASCII);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
