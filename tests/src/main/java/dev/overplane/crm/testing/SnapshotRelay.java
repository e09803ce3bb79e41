package dev.overplane.crm.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between a function and a server, and does to their connections what a SnapStart snapshot does:
/// whatever was connected before is not connected after it, and nobody tells the function. Its sockets still
/// look open; what it sends there is lost.
///
/// Thread-safe.
public final class SnapshotRelay implements AutoCloseable {

    private final URI server;
    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile boolean gone;

    private SnapshotRelay(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
        Thread.ofVirtual().start(this::accept);
    }

    /// A relay at a free port.
    public static SnapshotRelay before(URI server) {
        return at("127.0.0.1", 0, server);
    }

    /// A relay at an address of this machine.
    ///
    /// @param port 0 for a free one
    public static SnapshotRelay at(String address, int port, URI server) {
        try {
            var listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return new SnapshotRelay(server, listener);
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen on " + address, e);
        }
    }

    /// Where it listens.
    public URI url() {
        return URI.create("http://" + listener.getInetAddress().getHostAddress() + ":" + port());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// All that has been sent to it since it was made or restored, on whatever connection.
    public String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /// Lets the connections that there are go dead.
    public void restore() {
        connections.forEach(connection -> connection.dead = true);
        received.reset();
    }

    /// Lets every connection go dead, those to come included: the server has moved to another address.
    public void move() {
        gone = true;
        restore();
    }

    /// Serves the connections to come again.
    public void moveBack() {
        gone = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                var connection = new Connection(client, new Socket(server.getHost(), server.getPort()));
                connection.server.setTcpNoDelay(true);
                connection.dead = gone;
                connections.add(connection);
                Thread.ofVirtual().start(() -> pump(connection, client, connection.server, received));
                Thread.ofVirtual()
                        .start(() -> pump(connection, connection.server, client, OutputStream.nullOutputStream()));
            }
        } catch (IOException e) {
            // close() was called.
        }
    }

    private static void pump(Connection connection, Socket source, Socket sink, OutputStream copy) {
        var buffer = new byte[65_536];
        try {
            InputStream in = source.getInputStream();
            OutputStream out = sink.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copy.write(buffer, 0, read);
                if (!connection.dead) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
        if (!connection.dead) {
            connection.close();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        connections.forEach(Connection::close);
    }

    private static final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean dead;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void close() {
            try (client;
                    server) {
                dead = true;
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
    }
}
