package dev.overplane.crm.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.eventbridge.EventBus;
import dev.overplane.crm.local.stream.FailureQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Shows what subscribers would get and what could not be published, at two paths beside the API's own.
final class LocalApi extends Handler.Wrapper {

    static final String EVENTS = "/_local/events";
    static final String FAILURES = "/_local/failures";

    private final Optional<EventBus> bus;
    private final FailureQueue failures;

    LocalApi(Handler api, Optional<EventBus> bus, FailureQueue failures) {
        super(api);
        this.bus = bus;
        this.failures = failures;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getMethod().equals("GET")) {
            switch (request.getHttpURI().getPath()) {
                case EVENTS -> {
                    return send(bus.map(EventBus::events).orElse(List.of()), response, callback);
                }
                case FAILURES -> {
                    return send(failures.messages(), response, callback);
                }
                default -> {
                    // One of the API's own.
                }
            }
        }
        return super.handle(request, response, callback);
    }

    private static boolean send(List<ObjectNode> data, Response response, Callback callback) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("data").addAll(data);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.write(true, ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
