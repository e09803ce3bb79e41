package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A request as it was received; nothing is decoded.
///
/// @param id what the gateway generates to tell the request from others
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

    /// Returns `context.requestId`. A client can choose it: see [API Gateway's
    /// guide](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html).
    String requestId() {
        return header("x-amzn-RequestId").orElse(id);
    }

    /// Returns `context.extendedRequestId`, which a client cannot choose.
    String extendedId() {
        return Base64.getEncoder()
                .encodeToString(id.replace("-", "").substring(0, 20).getBytes(StandardCharsets.US_ASCII));
    }

    /// Returns the media type of the body, in lower case; API Gateway's default is JSON.
    String mediaType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("application/json");
    }

    /// Returns the last value of a header. Names are not case-sensitive.
    Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .reduce((first, last) -> last);
    }
}
