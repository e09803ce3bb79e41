package dev.overplane.crm.local.lambda;

/// A handler could not be created. The cause is what its constructor threw.
final class InitializationException extends RuntimeException {

    InitializationException(Throwable cause) {
        super(cause);
    }

    Throwable thrown() {
        var cause = getCause();
        return cause == null ? this : cause;
    }
}
