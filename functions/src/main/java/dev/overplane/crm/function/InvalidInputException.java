package dev.overplane.crm.function;

import java.io.Serial;

/// The input of a key function is not valid. Lambda shows the message, one sentence, to whoever invoked the
/// function.
final class InvalidInputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    InvalidInputException(String message) {
        super(message, null, false, false);
    }
}
