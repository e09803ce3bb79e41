package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Errors that say no more than "not now", beyond those that the SDK retries by itself: another attempt at the
/// same call may succeed.
final class TransientErrors {

    private TransientErrors() {}

    /// Whether another attempt may succeed.
    static boolean isTransient(Throwable e) {
        return switch (e) {
            case TransactionCanceledException cancelled ->
                TransactionCancellation.of(cancelled).isTransient();
            case TransactionConflictException _, TransactionInProgressException _ -> true;
            case DynamoDbException error -> isUnreadable(error);
            default -> false;
        };
    }

    /// Whether the answer broke off: DynamoDB names every error, and this one has lost its name on the way.
    private static boolean isUnreadable(DynamoDbException error) {
        return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null;
    }
}
