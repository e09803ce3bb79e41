package dev.overplane.crm.local.dynamodb;

import dev.overplane.crm.local.http.LoopbackServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// DynamoDB Local in this JVM.
///
/// Its own server listens on all interfaces and reports its use to AWS, both without a way out in a JVM that it
/// does not own. So it is not used: its request handler stands behind a server of ours. Any credentials see the
/// same tables.
public final class EmbeddedDynamoDb implements AutoCloseable {

    /// Held, since the logging framework itself forgets the level of a logger that nobody holds.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    static {
        SQLITE.setLevel(Level.OFF);
    }

    private final LocalDynamoDBRequestHandler requests;
    private final LoopbackServer server;

    private EmbeddedDynamoDb(LocalDynamoDBRequestHandler requests, LoopbackServer server) {
        this.requests = requests;
        this.server = server;
    }

    /// Starts it at `port`, 0 for a free one, where this machine alone can reach it.
    ///
    /// @param directory an existing directory for the data; without one they are kept in memory and end with it
    public static EmbeddedDynamoDb start(int port, Optional<Path> directory) {
        return start(LoopbackServer.LOOPBACK, port, directory);
    }

    /// The same at an address of this machine, the wildcard address for all: whoever reaches it may do
    /// anything.
    public static EmbeddedDynamoDb start(InetAddress host, int port, Optional<Path> directory) {
        var requests = new LocalDynamoDBRequestHandler(
                0, directory.isEmpty(), directory.map(Path::toString).orElse(null), true, false);
        var handler = new LocalDynamoDBServerHandler(requests, null);
        return new EmbeddedDynamoDb(
                requests, LoopbackServer.start("DYNAMODB_PORT", host, port, handler, EmbeddedDynamoDb::refuse));
    }

    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        requests.shutdown();
    }

    private static boolean refuse(Request request, Response response, Callback callback) {
        callback.succeeded();
        return true;
    }
}
