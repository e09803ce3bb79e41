package dev.overplane.crm.json;

import java.io.Serial;

/// Text that was meant to be JSON is not. Its message is the parser's, which may quote the text: do not show it
/// to a client.
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    MalformedJsonException(Throwable cause) {
        super(cause);
    }
}
