package dev.overplane.crm.local;

import dev.overplane.crm.local.gateway.RestApiHandler;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Serves an API that is not there yet when its server starts. Until it is, every request is a 503.
/// Thread-safe.
final class LateHandler extends Handler.Abstract {

    private volatile Optional<RestApiHandler> api = Optional.empty();

    /// Serves the API from now on.
    void serve(RestApiHandler handler) {
        api = Optional.of(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var handler = api;
        return handler.isPresent() ? handler.get().handle(request, response, callback) : starting(response, callback);
    }

    /// Responds to a request that the HTTP server itself rejects.
    boolean rejectMalformed(Request request, Response response, Callback callback) {
        return api.map(handler -> handler.rejectMalformed(request, response, callback))
                .orElseGet(() -> starting(response, callback));
    }

    private static boolean starting(Response response, Callback callback) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        callback.succeeded();
        return true;
    }
}
