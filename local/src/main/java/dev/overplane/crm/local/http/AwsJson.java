package dev.overplane.crm.local.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What services of the AWS JSON protocols, [1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) and
/// [1.0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html), share: bodies are JSON objects, and an error
/// names its type in `__type`.
public final class AwsJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String V1_1 = "application/x-amz-json-1.1";

    private AwsJson() {}

    /// Returns the JSON object that is the whole `text`; empty if it is anything else.
    public static Optional<ObjectNode> parse(byte[] text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            // Reading from an array fails only if it is not JSON.
            return Optional.empty();
        }
    }

    /// Responds to a call that succeeded.
    ///
    /// @return true, as a handler that has responded does
    public static boolean succeed(Response response, Callback callback, ObjectNode body) {
        return send(response, callback, 200, V1_1, body);
    }

    /// Responds to a call that the client got wrong.
    ///
    /// @return true, as a handler that has responded does
    public static boolean error(Response response, Callback callback, String type, String message) {
        return send(
                response,
                callback,
                400,
                V1_1,
                JsonNodeFactory.instance.objectNode().put("__type", type).put("message", message));
    }

    /// Responds to a request that the HTTP server itself rejects.
    public static boolean rejectMalformed(Request request, Response response, Callback callback) {
        return error(response, callback, "SerializationException", "The request is not valid HTTP.");
    }

    /// Responds.
    ///
    /// @param contentType that of the protocol's version
    /// @return true, as a handler that has responded does
    public static boolean send(Response response, Callback callback, int status, String contentType, ObjectNode body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        response.write(true, ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
