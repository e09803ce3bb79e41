package dev.overplane.crm.local;

import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves an API that is not there yet when its server starts. Until it is, every request is a 503.
/// Thread-safe.
final class LateHandler extends Handler.Abstract {

    private record Api(Request.Handler requests, Request.Handler malformed) {}

    private volatile Optional<Api> api = Optional.empty();

    /// Serves the API from now on.
    ///
    /// @param malformed responds to requests that the HTTP server itself rejects
    void serve(Request.Handler requests, Request.Handler malformed) {
        api = Optional.of(new Api(requests, malformed));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var served = api;
        return served.isPresent()
                ? served.get().requests().handle(request, response, callback)
                : starting(response, callback);
    }

    /// Responds to a request that the HTTP server itself rejects.
    boolean rejectMalformed(Request request, Response response, Callback callback) throws Exception {
        var served = api;
        return served.isPresent()
                ? served.get().malformed().handle(request, response, callback)
                : starting(response, callback);
    }

    private static boolean starting(Response response, Callback callback) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        callback.succeeded();
        return true;
    }
}
