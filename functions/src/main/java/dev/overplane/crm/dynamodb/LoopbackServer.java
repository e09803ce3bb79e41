package dev.overplane.crm.dynamodb;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/// Plays DynamoDB and the container's credentials endpoint inside this process, over HTTP. Connections to
/// DynamoDB stay open, those for credentials do not.
///
/// The answers have no `Date`, which the SDK would compare with its own clock. The credentials open nothing.
final class LoopbackServer implements AutoCloseable {

    private static final String CREDENTIALS = """
            {"AccessKeyId":"priming","SecretAccessKey":"priming","Token":"priming",\
            "Expiration":"2100-01-01T00:00:00Z"}""";

    private final ServerSocket listener;
    private final DynamoDbPriming.Answers answers;

    private LoopbackServer(ServerSocket listener, DynamoDbPriming.Answers answers) {
        this.listener = listener;
        this.answers = answers;
    }

    /// Starts one at a free port.
    static LoopbackServer start(DynamoDbPriming.Answers answers) {
        try {
            var server = new LoopbackServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), answers);
            daemon(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // close() was called.
        }
    }

    /// Ends when the client does.
    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            for (String request = line(in); request.startsWith("POST"); request = line(in)) {
                Map<String, String> headers = headers(in);
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                String target = headers.getOrDefault("x-amz-target", "");
                String operation = target.substring(target.lastIndexOf('.') + 1);
                client.getOutputStream().write(response(answers.complete(operation, body), "keep-alive"));
            }
            headers(in);
            client.getOutputStream().write(response(CREDENTIALS, "close"));
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /// A line without its end; empty at the end of the stream.
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static byte[] response(String text, String connection) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        var crc = new CRC32();
        crc.update(body);
        String head = """
                HTTP/1.1 200 OK\r
                Content-Type: application/x-amz-json-1.0\r
                Content-Length: %d\r
                Connection: %s\r
                x-amz-crc32: %d\r
                x-amzn-RequestId: priming\r
                \r
                """.formatted(body.length, connection, crc.getValue());
        var response = new ByteArrayOutputStream();
        response.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        response.writeBytes(body);
        return response.toByteArray();
    }

    private static void daemon(Runnable work) {
        Thread.ofPlatform().daemon().name("priming").start(work);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
