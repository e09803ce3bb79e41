package dev.overplane.crm.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Why DynamoDB cancelled a transaction: one
/// [reason](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html) for
/// each of its actions, in their order.
///
/// Immutable.
public final class TransactionCancellation {

    private static final String NONE = "None";
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";
    private static final Set<String> TRANSIENT =
            Set.of(NONE, CONFLICT, "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded");

    private final List<CancellationReason> reasons;

    private TransactionCancellation(List<CancellationReason> reasons) {
        this.reasons = reasons;
    }

    /// The reasons in an exception; none if DynamoDB gave none.
    public static TransactionCancellation of(TransactionCanceledException e) {
        return new TransactionCancellation(e.hasCancellationReasons() ? e.cancellationReasons() : List.of());
    }

    /// Whether the same transaction may come to something else a moment later: conflicts and throttling are its
    /// only reasons, or stand before the first failed condition. In the order of the actions the first that has
    /// something to say decides, and one that met another transaction has not been able to say it.
    public boolean isTransient() {
        boolean isHindered = false;
        for (CancellationReason reason : reasons) {
            if (reason.code().equals(CONDITION)) {
                return isHindered;
            }
            if (!TRANSIENT.contains(reason.code())) {
                return false;
            }
            isHindered |= !reason.code().equals(NONE);
        }
        return !reasons.isEmpty();
    }

    /// Whether the condition of that action failed.
    ///
    /// @param action its index, from 0
    public boolean conditionFailed(int action) {
        return code(action).equals(CONDITION);
    }

    /// Whether any condition failed.
    public boolean anyConditionFailed() {
        return reasons.stream().anyMatch(reason -> CONDITION.equals(reason.code()));
    }

    /// Whether another transaction held the item of that action.
    ///
    /// @param action its index, from 0
    public boolean conflicted(int action) {
        return code(action).equals(CONFLICT);
    }

    /// The reasons of the actions from that one on, which becomes the first.
    ///
    /// @param action its index, from 0
    public TransactionCancellation from(int action) {
        return new TransactionCancellation(reasons.subList(Math.min(action, reasons.size()), reasons.size()));
    }

    /// The item on which the condition of that action failed; empty if there was none.
    ///
    /// @param action its index, from 0
    public Map<String, AttributeValue> item(int action) {
        return action < reasons.size() && reasons.get(action).hasItem()
                ? reasons.get(action).item()
                : Map.of();
    }

    private String code(int action) {
        return action < reasons.size() ? reasons.get(action).code() : NONE;
    }
}
