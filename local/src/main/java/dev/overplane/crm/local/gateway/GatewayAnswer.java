package dev.overplane.crm.local.gateway;

import java.util.List;

/// A response, complete.
public record GatewayAnswer(int status, List<Header> headers, byte[] body) {

    public GatewayAnswer {
        headers = List.copyOf(headers);
    }
}
