package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.http.RequestBody;
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

/// Serves a [RestApi] over HTTP.
public final class RestApiHandler extends Handler.Abstract {

    private final RestApi api;

    public RestApiHandler(RestApi api) {
        this.api = api;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        var received = convert(request, RequestBody.read(request, HttpRequest.BODY_LIMIT));
        return send(api.handle(received), received, response, callback);
    }

    /// Responds to a request that the HTTP server itself rejects, as the template says.
    public boolean rejectMalformed(Request request, Response response, Callback callback) {
        var received = convert(request, Optional.empty());
        return send(api.rejectMalformed(response.getStatus(), received), received, response, callback);
    }

    private static HttpRequest convert(Request request, Optional<byte[]> body) {
        var uri = request.getHttpURI();
        List<Header> headers = request.getHeaders().stream()
                .map(field -> new Header(field.getName(), field.getValue() == null ? "" : field.getValue()))
                .toList();
        return new HttpRequest(
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

    private static boolean send(HttpResponse result, HttpRequest request, Response response, Callback callback) {
        response.setStatus(result.status());
        var headers = response.getHeaders();
        result.headers().forEach(header -> headers.add(header.name(), header.value()));
        headers.put("x-amzn-RequestId", request.requestId());
        headers.put("x-amz-apigw-id", request.extendedId());
        var hasNoBody = result.status() == 204 || result.status() == 304;
        response.write(true, hasNoBody ? ByteBuffer.allocate(0) : ByteBuffer.wrap(result.body()), callback);
        return true;
    }
}
