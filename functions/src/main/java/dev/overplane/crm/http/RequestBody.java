package dev.overplane.crm.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The body of a request, as API Gateway passes it on: as text, or as bytes in base64.
///
/// @param content the text, or the bytes in base64; empty if there is no body
/// @param isBase64 which of the two it is
public record RequestBody(String content, boolean isBase64) {

    /// A request without a body.
    static final RequestBody NONE = new RequestBody("", false);

    boolean isEmpty() {
        return content.isEmpty();
    }

    /// The body as text. Where the gateway has made text of it, bytes that are not UTF-8 have become U+FFFD
    /// before we see them; where we see the bytes, we refuse them.
    ///
    /// @throws CharacterCodingException if the bytes are not UTF-8
    /// @throws IllegalArgumentException if it is not in base64: a fault of the gateway's
    String text() throws CharacterCodingException {
        return isBase64
                ? StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Base64.getDecoder().decode(content)))
                        .toString()
                : content;
    }

    /// A client's data: not shown.
    @Override
    public String toString() {
        return content.length() + " characters";
    }
}
