package dev.overplane.crm.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopbackServerTest {

    /// Rejects a request without a look at its body.
    private static final Handler REJECTING = new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(404);
            callback.succeeded();
            return true;
        }
    };

    @Test
    void a_connection_outlives_a_request_whose_body_nobody_has_read() throws Exception {
        try (var server = LoopbackServer.start("PORT", 0, REJECTING, REJECTING);
                var socket = new Socket(server.url().getHost(), server.url().getPort())) {
            send(socket, "POST /first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n");
            // Long enough for a server that does not wait for the body to respond, and to close.
            Thread.sleep(200);
            send(socket, "{}GET /second HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var responses = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertEquals(2, responses.split("HTTP/1.1 404", -1).length - 1, responses);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
