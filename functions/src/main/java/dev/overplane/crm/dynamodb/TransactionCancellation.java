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

    /// Whether the same transaction may succeed a moment later: conflicts and throttling are its only
    /// reasons.
    public boolean isTransient() {
        return !reasons.isEmpty() && reasons.stream().allMatch(reason -> TRANSIENT.contains(reason.code()));
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
