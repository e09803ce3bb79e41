package dev.overplane.crm.testing.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.testing.openapi.ApiDescription;
import dev.overplane.crm.testing.openapi.Exchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// A request under construction: the test decides every header and byte of it. Mutable: for one thread.
public final class ApiRequest {

    public record Header(String name, String value) {}

    private final String method;
    private final URI uri;
    private final String target;
    private final List<Header> headers = new ArrayList<>();
    private byte[] body = {};
    private Transport transport;

    /// @param target path and query, percent-encoded, from the API's root
    ApiRequest(Transport transport, String method, URI api, String target) {
        this.transport = transport;
        this.method = method;
        this.uri = URI.create(api + target);
        this.target = target;
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

    /// The response, which has passed [ApiResponse#mustBeWellFormed()] and is as `openapi.yaml` describes it: so
    /// every request of a suite tests those rules too.
    public ApiResponse send() {
        var response = transport.send(this).mustBeWellFormed();
        assertEquals(
                List.of(),
                ApiDescription.get().differences(exchange(response)),
                () -> "openapi.yaml differs from " + method + " " + target + ": " + response);
        return response;
    }

    /// The response as it is: for the one that API Gateway lets nobody write.
    public ApiResponse sendUnchecked() {
        return transport.send(this);
    }

    private Exchange exchange(ApiResponse response) {
        var parts = target.split("\\?", 2);
        var byName = new HashMap<String, List<String>>();
        headers.forEach(header -> byName.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(header.value()));
        var responseHeaders = new HashMap<String, List<String>>();
        response.headers().map().forEach((name, values) -> responseHeaders.put(name.toLowerCase(Locale.ROOT), values));
        return new Exchange(
                method,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                byName,
                new String(body, StandardCharsets.UTF_8),
                response.status(),
                responseHeaders,
                response.text());
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
