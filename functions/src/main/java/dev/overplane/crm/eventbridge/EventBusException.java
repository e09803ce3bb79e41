package dev.overplane.crm.eventbridge;

import java.io.Serial;

/// A call to the event bus has failed. The bus may have any of its events.
public final class EventBusException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    EventBusException(String message) {
        super(message);
    }

    EventBusException(String message, Throwable cause) {
        super(message, cause);
    }
}
