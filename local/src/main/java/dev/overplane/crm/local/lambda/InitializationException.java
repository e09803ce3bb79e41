package dev.overplane.crm.local.lambda;

/// A handler's constructor failed; the cause is what it threw.
final class InitializationException extends RuntimeException {

    InitializationException(Throwable cause) {
        super(cause);
    }

    Throwable thrown() {
        var cause = getCause();
        return cause == null ? this : cause;
    }
}
