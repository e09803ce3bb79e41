package dev.overplane.crm.local.gateway;

import dev.overplane.crm.local.template.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A request as it came in, nothing decoded.
///
/// @param id its request id, made by the gateway
/// @param path as sent, percent signs and all
/// @param query as sent, without the question mark; empty when there is none
/// @param headers in the order and case sent
/// @param body empty when it is larger than API Gateway takes
public record GatewayRequest(
        String id,
        Instant received,
        String method,
        String path,
        String query,
        String protocol,
        List<Header> headers,
        Optional<byte[]> body,
        String sourceIp) {

    /// 10 MB, API Gateway's payload limit.
    public static final int BODY_LIMIT = 10 * 1024 * 1024;

    public GatewayRequest {
        headers = List.copyOf(headers);
    }

    /// A request of nobody's, to ask the authorizer with.
    static GatewayRequest probe(Route route, String identityHeader, String identity) {
        return new GatewayRequest(
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

    /// The last value of a header, whatever its case.
    Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .reduce((first, last) -> last);
    }
}
