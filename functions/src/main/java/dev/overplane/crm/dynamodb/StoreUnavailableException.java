package dev.overplane.crm.dynamodb;

import java.io.Serial;

/// DynamoDB did not serve a call within its time. The call may or may not have taken effect.
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
