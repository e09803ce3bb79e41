package dev.overplane.crm.local.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads a request body up to a limit.
public final class RequestBody {

    private RequestBody() {}

    /// Returns the whole body, or empty if it is longer than `limit` bytes.
    public static Optional<byte[]> read(Request request, int limit) throws IOException {
        try (var in = Content.Source.asInputStream(request)) {
            var body = in.readNBytes(limit + 1);
            if (body.length <= limit) {
                return Optional.of(body);
            }
            // The client reads the response when it has sent the rest.
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        }
    }
}
