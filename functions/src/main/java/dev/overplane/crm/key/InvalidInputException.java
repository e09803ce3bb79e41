package dev.overplane.crm.key;

import java.io.Serial;

/// The input of a key function is not what it must be. Lambda shows the message, one sentence, to whoever
/// invoked the function.
public final class InvalidInputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    InvalidInputException(String message) {
        super(message, null, false, false);
    }
}
