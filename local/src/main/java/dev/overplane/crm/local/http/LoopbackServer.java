package dev.overplane.crm.local.http;

import dev.overplane.crm.local.startup.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves HTTP to this machine only, and to containers where it is given their address of it. Thread-safe.
public final class LoopbackServer implements AutoCloseable {

    /// Not `localhost`, which may resolve to `::1`, where nothing listens.
    private static final String HOST = "127.0.0.1";

    /// In bytes; API Gateway takes no more. The handler reads the rest of a longer body by itself.
    private static final int BODY_LIMIT = 10 * 1024 * 1024;

    private final Server server;
    private final URI url;

    private LoopbackServer(Server server, URI url) {
        this.server = server;
        this.url = url;
    }

    /// Starts a server on `port`; 0 takes a free one.
    ///
    /// @param setting the environment variable that sets the port, for the error message
    /// @param errors responds to requests that the server itself rejects, such as one that is not HTTP
    /// @throws StartupException if the port is in use
    public static LoopbackServer start(String setting, int port, Handler handler, Request.Handler errors) {
        return start(setting, port, Optional.empty(), handler, errors);
    }

    /// Starts a server that listens on the same port of an address for containers too.
    public static LoopbackServer start(
            String setting, int port, Optional<InetAddress> containerHost, Handler handler, Request.Handler errors) {
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(setting));
        threads.setDaemon(true);
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // API keys are case-sensitive. By default a connection reuses a cached header value that differs in
        // case.
        http.setHeaderCacheCaseSensitive(true);
        // Leaves paths as they were sent: the handler decodes slashes and rejects invalid percent-encoding.
        http.setUriCompliance(UriCompliance.UNSAFE);
        var connector = connector(server, http, HOST, port);
        // Jetty closes the connection after a response that came before the whole body did, and does not say so.
        // The client's next request on that connection then fails.
        server.setHandler(new EagerContentHandler(handler, new RetainedContentLoaderFactory(BODY_LIMIT, -1, false)));
        server.setErrorHandler(errors);
        server.setStopTimeout(0);
        try {
            connector.open();
            if (containerHost.isPresent()) {
                connector(server, http, containerHost.get().getHostAddress(), connector.getLocalPort())
                        .open();
            }
            server.start();
        } catch (IOException e) {
            throw new StartupException(
                    "Port " + port + " is in use: stop what listens there, or choose another with " + setting
                            + " (0 takes a free one).",
                    e);
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server did not start", e);
        }
        return new LoopbackServer(server, URI.create("http://" + HOST + ":" + connector.getLocalPort()));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    /// Returns its address, without a slash at the end.
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
