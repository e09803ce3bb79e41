package dev.overplane.crm.local.dynamodb;

import dev.overplane.crm.local.http.LoopbackRequestsOnly;
import dev.overplane.crm.local.http.LoopbackServer;
import dev.overplane.crm.local.template.Function;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// Runs DynamoDB Local in this JVM. Any credentials access the same tables, but functions that it is told of may do
/// only what their policies allow, see [IamGate]. Thread-safe.
///
/// Its own server cannot be used: it listens on all interfaces and sends telemetry to AWS. So its request
/// handler runs in a [LoopbackServer]. Several may run in one JVM; they take turns, see [EngineGate].
public final class EmbeddedDynamoDb implements AutoCloseable {

    /// A field, since `java.util.logging` forgets the level of a logger that is not referenced.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    static {
        SQLITE.setLevel(Level.OFF);
    }

    private final EngineGate gate;
    private final DurableEngine engine;
    private final LoopbackServer server;

    private EmbeddedDynamoDb(EngineGate gate, DurableEngine engine, LoopbackServer server) {
        this.gate = gate;
        this.engine = engine;
        this.server = server;
    }

    /// Starts an engine on `port`; 0 takes a free one. Whoever reaches it has every permission.
    ///
    /// @param directory an existing folder for the data; empty keeps them in memory
    /// @throws dev.overplane.crm.local.startup.StartupException if the port is in use
    public static EmbeddedDynamoDb start(int port, Optional<Path> directory) {
        return start(port, directory, Optional.empty(), List.of());
    }

    /// Starts an engine that tells functions apart.
    ///
    /// @param containerHost an address for containers at which it listens too
    /// @param functions those that may do only what their policies allow, each by its logical id as its access
    ///     key id; whoever else reaches it has every permission
    public static EmbeddedDynamoDb start(
            int port, Optional<Path> directory, Optional<InetAddress> containerHost, List<Function> functions) {
        var gate = new EngineGate();
        gate.enter();
        try {
            var engine = new DurableEngine(directory);
            gate.setHandler(new LocalDynamoDBServerHandler(engine, null));
            return new EmbeddedDynamoDb(
                    gate,
                    engine,
                    LoopbackServer.start(
                            "DYNAMODB_PORT",
                            port,
                            containerHost,
                            new LoopbackRequestsOnly(new IamGate(gate, functions)),
                            EmbeddedDynamoDb::reject));
        } finally {
            gate.exit();
        }
    }

    /// Returns the address, without a slash at the end.
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        gate.enter();
        try {
            engine.shutdown();
        } finally {
            gate.exit();
        }
    }

    /// Responds without a body to a request that the HTTP server itself rejects.
    private static boolean reject(Request request, Response response, Callback callback) {
        callback.succeeded();
        return true;
    }
}
