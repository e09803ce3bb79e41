package dev.overplane.crm.local.http;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Rejects requests that a web page may have sent: those addressed to another name than this machine's, which a
/// page can have resolved to it (DNS rebinding), and those with an `Origin`, which every browser adds to what a
/// page sends across sites. For servers that let everybody in who reaches them.
public final class LoopbackRequestsOnly extends Handler.Wrapper {

    /// The last is what Docker's containers call this machine.
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "host.docker.internal");

    public LoopbackRequestsOnly(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(HttpHeader.ORIGIN) || !isThisMachine(request)) {
            response.setStatus(HttpStatus.FORBIDDEN_403);
            callback.succeeded();
            return true;
        }
        return super.handle(request, response, callback);
    }

    /// An address, unlike a name, cannot be resolved to another.
    private static boolean isThisMachine(Request request) {
        var name = Request.getServerName(request).toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || name.equals(Request.getLocalAddr(request));
    }
}
