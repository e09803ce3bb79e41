package dev.overplane.crm.local.http;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads request bodies within a bound.
public final class Bodies {

    /// Read and dropped of a body that is too large, so that its sender can finish and read the refusal.
    private static final long DRAINED = 64L * 1024 * 1024;

    private Bodies() {}

    /// The whole body, or empty when it is longer than `limit` bytes.
    public static Optional<byte[]> read(Request request, int limit) throws IOException {
        try (var in = Content.Source.asInputStream(request)) {
            var body = in.readNBytes(limit + 1);
            if (body.length <= limit) {
                return Optional.of(body);
            }
            var buffer = new byte[64 * 1024];
            for (long drained = 0; drained < DRAINED; ) {
                var read = in.read(buffer);
                if (read < 0) {
                    break;
                }
                drained += read;
            }
            return Optional.empty();
        }
    }
}
