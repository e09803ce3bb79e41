package dev.overplane.crm.function;

import java.io.Serial;

/// The API did not answer the canary as it should. The message says which request, and holds no secret.
final class CanaryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    CanaryException(String message) {
        super(message);
    }

    CanaryException(String message, Throwable cause) {
        super(message, cause);
    }
}
