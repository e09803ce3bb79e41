package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A request as it was received; nothing is decoded.
///
/// @param id the request id, which the gateway generates
/// @param path as sent, percent-encoded
/// @param query as sent, without the question mark; empty if there is none
/// @param headers in their order and case
/// @param body empty if it is longer than `BODY_LIMIT`
public record HttpRequest(
        String id,
        Instant received,
        String method,
        String path,
        String query,
        String protocol,
        List<Header> headers,
        Optional<byte[]> body,
        String sourceIp) {

    /// API Gateway's payload limit of 10 MB, in bytes.
    public static final int BODY_LIMIT = 10 * 1024 * 1024;

    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /// Creates a request that only the authorizer sees.
    static HttpRequest forAuthorizer(Route route, String identityHeader, String identity) {
        return new HttpRequest(
                UUID.randomUUID().toString(),
                Instant.now(),
                route.method(),
                route.path(),
                "",
                "HTTP/1.1",
                List.of(new Header(identityHeader, identity)),
                Optional.of(new byte[0]),
                "127.0.0.1");
    }

    /// Returns the last value of a header. Names are not case-sensitive.
    Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .reduce((first, last) -> last);
    }
}
