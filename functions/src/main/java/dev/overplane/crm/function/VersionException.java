package dev.overplane.crm.function;

import java.io.Serial;

/// A function's version did not answer as it should, or CodeDeploy could not be told. The message says which.
final class VersionException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    VersionException(String message) {
        super(message);
    }

    VersionException(String message, Throwable cause) {
        super(message, cause);
    }
}
