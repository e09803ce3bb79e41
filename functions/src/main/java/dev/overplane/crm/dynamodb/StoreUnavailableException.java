package dev.overplane.crm.dynamodb;

import java.io.Serial;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

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

    StoreUnavailableException(String message, TransactionCanceledException cause) {
        super(message, cause);
    }

    /// Whether the deadline ended the call while it waited for an answer, or before it was sent.
    boolean ranOutOfTime() {
        return getCause() == null || getCause() instanceof ApiCallTimeoutException;
    }

    /// Whether the reason is that the call was a transaction, and met another one at the item of that action.
    ///
    /// @param action its index, from 0
    public boolean conflicted(int action) {
        return getCause() instanceof TransactionCanceledException cancelled
                && TransactionCancellation.of(cancelled).conflicted(action);
    }
}
