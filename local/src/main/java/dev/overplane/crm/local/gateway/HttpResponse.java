package dev.overplane.crm.local.gateway;

import java.util.List;

/// A response as it is sent.
public record HttpResponse(int status, List<Header> headers, byte[] body) {

    public HttpResponse {
        headers = List.copyOf(headers);
    }
}
