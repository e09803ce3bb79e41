package dev.overplane.crm.json;

import java.io.Serial;

/// A text is not JSON. The message is the parser's and may quote the text: do not show it to a client.
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    MalformedJsonException(Throwable cause) {
        super(cause);
    }
}
