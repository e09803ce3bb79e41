package dev.overplane.crm.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads JSON bodies, by the same rules for every operation that takes one.
public final class JsonBody {

    /// Most bytes that a body may have, in UTF-8.
    static final int MAX_BYTES = 16 * 1024;

    private static final Json JSON = Json.ofDepth(8);
    private static final Pattern MEDIA_TYPE = Pattern.compile("application/(json|[!#$&^_.+a-z0-9-]+\\+json)");

    private JsonBody() {}

    /// Reads the body as a JSON object; empty if the request has none.
    ///
    /// @param members names of the members that the body may have
    /// @throws ApiException if the `Content-Type` is not JSON, or the body is too large, not a JSON object, or
    ///     has other members
    public static Optional<ObjectNode> read(HttpRequest request, Set<String> members) {
        request.header("Content-Type").ifPresent(JsonBody::checkMediaType);
        if (request.body().isEmpty()) {
            return Optional.empty();
        }
        String body = text(request.body());
        if (body.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ApiException(ErrorCode.BODY_TOO_LARGE, null, "The body must not be larger than 16 KiB.");
        }
        ObjectNode object = object(body);
        object.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw ApiException.unknown(name, "The body has a member that is unknown here: leave it out.");
            }
        });
        return Optional.of(object);
    }

    /// The error of a request that has no body and needs one.
    public static ApiException absent() {
        return new ApiException(ErrorCode.BODY_INVALID, null, "Send a JSON object as the body.");
    }

    private static void checkMediaType(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new ApiException(
                    ErrorCode.CONTENT_TYPE_UNSUPPORTED, null, "The Content-Type must be application/json.");
        }
    }

    private static String text(RequestBody body) {
        try {
            return body.text();
        } catch (CharacterCodingException e) {
            throw new ApiException(ErrorCode.BODY_INVALID, null, "The body must be encoded in UTF-8.");
        }
    }

    private static ObjectNode object(String body) {
        try {
            if (JSON.read(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException e) {
            throw new ApiException(
                    ErrorCode.BODY_INVALID,
                    null,
                    "The body must be valid JSON, at most 8 levels deep and without duplicate members.");
        }
        throw new ApiException(ErrorCode.BODY_INVALID, null, "The body must be a JSON object.");
    }
}
