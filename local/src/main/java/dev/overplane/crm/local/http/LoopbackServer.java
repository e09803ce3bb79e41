package dev.overplane.crm.local.http;

import dev.overplane.crm.local.StackException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// An HTTP server that this machine alone can reach, unless it is given another address. Thread-safe.
public final class LoopbackServer implements AutoCloseable {

    /// In the URL too: the name `localhost` may mean `::1`, where nothing listens.
    public static final InetAddress LOOPBACK = Inet4Address.ofLiteral("127.0.0.1");

    private final Server server;
    private final URI url;

    private LoopbackServer(Server server, URI url) {
        this.server = server;
        this.url = url;
    }

    /// Listens at `port`, 0 for a free one. `setting` is the environment variable that chooses the port, for
    /// the message.
    ///
    /// @param errors answers what the server refuses by itself, such as a request line that is not HTTP
    public static LoopbackServer start(String setting, int port, Handler handler, Request.Handler errors) {
        return start(setting, LOOPBACK, port, handler, errors);
    }

    /// The same at an IPv4 address of this machine, the wildcard address for all.
    public static LoopbackServer start(
            String setting, InetAddress host, int port, Handler handler, Request.Handler errors) {
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(setting));
        threads.setDaemon(true);
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Two keys that differ in case alone are two keys; by default one connection would take the second for
        // the first.
        http.setHeaderCacheCaseSensitive(true);
        // Paths are read as they were sent: what an encoded slash or a stray percent sign means is the
        // handler's to say.
        http.setUriCompliance(UriCompliance.UNSAFE);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host.getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(errors);
        server.setStopTimeout(0);
        try {
            connector.open();
            server.start();
        } catch (IOException e) {
            throw new StackException(
                    "Port " + port + " is in use: stop what listens there, or choose another with " + setting
                            + " (0 takes a free one).",
                    e);
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not start", e);
        }
        var reachable = host.isAnyLocalAddress() ? LOOPBACK : host;
        return new LoopbackServer(
                server, URI.create("http://" + reachable.getHostAddress() + ":" + connector.getLocalPort()));
    }

    /// Where this machine reaches it, without a slash at the end.
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server at " + url + " did not stop", e);
        }
    }
}
