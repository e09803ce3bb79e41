package dev.overplane.crm.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.overplane.crm.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A response.
///
/// Immutable.
///
/// @param status HTTP status
/// @param headers header fields by name, without the `Request-Id` that every response gets
/// @param body JSON text, empty for a response without a body
public record HttpResponse(int status, Map<String, String> headers, String body) {

    private static final String CACHE_CONTROL = "Cache-Control";

    /// What every response says: take it for what its `Content-Type` says, and keep no copy of it.
    private static final Map<String, String> COMMON =
            Map.of(CACHE_CONTROL, "no-store", "X-Content-Type-Options", "nosniff");

    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /// A response with a JSON body.
    public static HttpResponse of(int status, Json.Content body) {
        return new HttpResponse(status, COMMON, Json.write(body))
                .withHeader("Content-Type", "application/json; charset=utf-8");
    }

    /// A response without a body: the client holds the present state already.
    ///
    /// @param etag the entity tag of that state
    public static HttpResponse notModified(String etag) {
        return new HttpResponse(304, COMMON, "").withETag(etag);
    }

    /// An error response: the status of its code, the error envelope as the body, and a link to what the
    /// reference says of the code.
    ///
    /// @param reference URL of the reference's errors, where each code is an anchor
    public static HttpResponse of(ApiException error, String requestId, String reference) {
        HttpResponse response = of(error.code().status(), json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("type", error.code().type());
            json.writeStringField("code", error.code().code());
            json.writeStringField("message", error.getMessage());
            if (error.param() != null) {
                json.writeStringField("param", error.param());
            }
            json.writeStringField("request_id", requestId);
            json.writeEndObject();
            json.writeEndObject();
        });
        return response.withHeader("Link", "<" + reference + "#" + error.code().code() + ">; rel=\"help\"");
    }

    /// This response with an entity tag. The client may keep a copy, which is its own alone and another for
    /// each API key, and asks each time whether the copy still holds.
    public HttpResponse withETag(String etag) {
        return withHeader("ETag", etag)
                .withHeader(CACHE_CONTROL, "private, no-cache")
                .withHeader("Vary", "Authorization");
    }

    /// This response with that header field, instead of one of its name.
    public HttpResponse withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new HttpResponse(status, all, body);
    }

    /// Writes the response as the proxy integration reads it.
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("statusCode", status);
        json.writeObjectFieldStart("headers");
        for (var header : headers.entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeStringField("body", body);
        json.writeBooleanField("isBase64Encoded", false);
        json.writeEndObject();
    }
}
