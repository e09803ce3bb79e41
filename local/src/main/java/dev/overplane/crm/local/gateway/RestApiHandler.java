package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.http.Bodies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Puts a [RestApi] behind HTTP.
public final class RestApiHandler extends Handler.Abstract {

    private final RestApi api;

    public RestApiHandler(RestApi api) {
        this.api = api;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        var received = received(request, Bodies.read(request, GatewayRequest.BODY_LIMIT));
        return send(api.handle(received), received, response, callback);
    }

    /// Answers what the server itself refuses, in the words of the template.
    public boolean refuse(Request request, Response response, Callback callback) {
        var received = received(request, Optional.empty());
        return send(api.refuseMalformed(response.getStatus(), received), received, response, callback);
    }

    private static GatewayRequest received(Request request, Optional<byte[]> body) {
        var uri = request.getHttpURI();
        List<Header> headers = request.getHeaders().stream()
                .map(field -> new Header(field.getName(), field.getValue() == null ? "" : field.getValue()))
                .toList();
        return new GatewayRequest(
                UUID.randomUUID().toString(),
                Instant.now(),
                request.getMethod(),
                Optional.ofNullable(uri.getPath()).orElse("/"),
                Optional.ofNullable(uri.getQuery()).orElse(""),
                request.getConnectionMetaData().getProtocol(),
                headers,
                body,
                "127.0.0.1");
    }

    private static boolean send(GatewayAnswer answer, GatewayRequest request, Response response, Callback callback) {
        response.setStatus(answer.status());
        var headers = response.getHeaders();
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        headers.put("x-amzn-RequestId", request.id());
        headers.put("x-amz-apigw-id", RequestContext.extendedId(request.id()));
        var bodiless = answer.status() == 204 || answer.status() == 304;
        response.write(true, bodiless ? ByteBuffer.allocate(0) : ByteBuffer.wrap(answer.body()), callback);
        return true;
    }
}
