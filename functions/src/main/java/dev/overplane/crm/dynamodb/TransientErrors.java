package dev.overplane.crm.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Errors that say no more than "not now", beyond those that the SDK knows for such: worth another attempt, and
/// a fault of nobody if that fails too.
final class TransientErrors {

    private TransientErrors() {}

    static boolean isTransient(Throwable e) {
        return switch (e) {
            case TransactionCanceledException cancelled ->
                TransactionCancellation.of(cancelled).isTransient();
            case TransactionConflictException _, TransactionInProgressException _ -> true;
            case DynamoDbException error -> isUnreadable(error);
            default -> false;
        };
    }

    /// Whether the answer broke off: DynamoDB names every error, so one without a name has lost it on the way.
    private static boolean isUnreadable(DynamoDbException error) {
        return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null;
    }
}
