package dev.overplane.crm.testing.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A request under construction: the test decides every header and byte of it. Mutable: for one thread.
public final class ApiRequest {

    public record Header(String name, String value) {}

    private final String method;
    private final URI uri;
    private final List<Header> headers = new ArrayList<>();
    private byte[] body = {};
    private Transport transport;

    ApiRequest(Transport transport, String method, URI uri) {
        this.transport = transport;
        this.method = method;
        this.uri = uri;
    }

    /// Sets the header, in place of any of that name.
    public ApiRequest header(String name, String value) {
        return withoutHeader(name).addHeader(name, value);
    }

    /// Adds a header, beside any of that name.
    public ApiRequest addHeader(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public ApiRequest withoutHeader(String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        return this;
    }

    /// Sets the body, and `Content-Type: application/json` with it.
    public ApiRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public ApiRequest body(byte[] bytes) {
        body = bytes.clone();
        return header("Content-Type", "application/json");
    }

    /// Sends it over a socket of its own, with header values in ISO 8859-1: what an HTTP client refuses to
    /// send.
    public ApiRequest overRawSocket() {
        transport = RawHttp::send;
        return this;
    }

    /// The response, which has passed [ApiResponse#mustBeWellFormed()]: so every request of a suite tests those
    /// rules too.
    public ApiResponse send() {
        return transport.send(this).mustBeWellFormed();
    }

    /// The response as it is: for the one that API Gateway lets nobody write.
    public ApiResponse sendUnchecked() {
        return transport.send(this);
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    public List<Header> headers() {
        return List.copyOf(headers);
    }

    public byte[] body() {
        return body.clone();
    }
}
