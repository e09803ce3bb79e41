package dev.overplane.crm.local.startup;

import java.util.Objects;

/// Says why the stack cannot start, for a reason that its user can remove. The message is one sentence that
/// says how.
public class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
