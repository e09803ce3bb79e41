package dev.overplane.crm.local;

/// The stack cannot start for a reason that whoever started it can mend. The message is one sentence that says
/// how.
public class StackException extends RuntimeException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
