package dev.overplane.crm.dynamodb;

import java.io.Serial;

/// DynamoDB could not be reached, or would not serve us, within the time there was. What was asked of it may or
/// may not have happened.
public final class StoreUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    StoreUnavailableException(String message) {
        super(message);
    }

    StoreUnavailableException(Throwable cause) {
        super(cause);
    }
}
