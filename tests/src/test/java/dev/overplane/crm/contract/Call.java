package dev.overplane.crm.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A request in the making, every header and byte of it at the test's command. Mutable: for one thread.
final class Call {

    record Header(String name, String value) {}

    private final HttpClient http;
    private final String method;
    private final URI uri;
    private final List<Header> headers = new ArrayList<>();
    private byte[] body = {};

    Call(HttpClient http, String method, URI uri) {
        this.http = http;
        this.method = method;
        this.uri = uri;
    }

    /// Sets the header, in place of any of that name.
    Call header(String name, String value) {
        return without(name).another(name, value);
    }

    /// Adds a header, beside any of that name.
    Call another(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    Call without(String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        return this;
    }

    /// Sets the body, and `Content-Type: application/json` with it.
    Call body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Call body(byte[] bytes) {
        body = bytes.clone();
        return header("Content-Type", "application/json");
    }

    /// @return the answer, which has passed [Answer#wellFormed()]: so every request of the suite tests those
    ///     rules too
    Answer send() {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(header -> request.header(header.name(), header.value()));
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return Answer.of(method, response.statusCode(), response.headers(), response.body())
                    .wellFormed();
        } catch (IOException e) {
            throw new AssertionError(method + " " + uri + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /// As [#send()], over a socket of its own and with header values in ISO 8859-1, for what an HTTP client
    /// refuses to send.
    Answer sendRaw() {
        try {
            return RawHttp.exchange(method, uri, headers, body).wellFormed();
        } catch (IOException e) {
            throw new AssertionError(method + " " + uri + " got no answer", e);
        }
    }
}
