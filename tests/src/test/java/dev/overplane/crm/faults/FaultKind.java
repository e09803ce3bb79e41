package dev.overplane.crm.faults;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.TestTables;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/// The ways in which a call can fail.
enum FaultKind {
    THROTTLED(_ -> true, Fault::throttled),
    CAPACITY_EXHAUSTED(_ -> true, Fault::exhausted),
    CONFLICT(Call::isWrite, Fault::conflict),
    CONFLICT_ON_FIRST_ITEM(call -> call.actions() > 0, call -> Fault.conflict(call, 0)),
    /// As [#CONFLICT], by a DynamoDB that repeats that answer to the same client request token.
    CANCELLATION_REPLAYED(call -> call.isWrite() && call.actions() > 0, Fault::conflict),
    TRANSACTION_IN_PROGRESS(call -> call.actions() > 0, _ -> Fault.inProgress()),
    SERVER_ERROR(_ -> true, _ -> Fault.serverError()),
    CUT_BEFORE_SENDING(_ -> true, _ -> new Fault.CutBefore()),
    CUT_MIDWAY_THROUGH_THE_ANSWER(_ -> true, _ -> new Fault.CutMidway()),
    DONE_BUT_ANSWER_LOST(_ -> true, _ -> new Fault.CutAfter()),
    NEVER_ANSWERED(_ -> true, _ -> new Fault.Silent()),
    DONE_BUT_NEVER_ANSWERED(Call::isWrite, _ -> new Fault.SilentAfter()),
    // After the attempt that follows, which begins once the first has waited for 1 s.
    DONE_TOO_LATE(Call::isWrite, _ -> new Fault.Late(Duration.ofMillis(1500)));

    private final Predicate<Call> applies;
    private final Function<Call, Fault> fault;

    FaultKind(Predicate<Call> applies, Function<Call, Fault> fault) {
        this.applies = applies;
        this.fault = fault;
    }

    /// Whether that call can fail so.
    boolean appliesTo(Call call) {
        return applies.test(call);
    }

    Fault of(Call call) {
        return fault.apply(call);
    }

    /// Whether the response is that the idempotency key is in use, rather than that the store is unavailable.
    boolean isConflictOnRecord(Call call) {
        boolean isOnLast = this == CONFLICT || this == CANCELLATION_REPLAYED;
        boolean isOnFirst = this == CONFLICT_ON_FIRST_ITEM || (isOnLast && call.actions() == 1);
        return isOnFirst && call.table(0).equals(TestTables.shared().name("IDEMPOTENCY_TABLE"));
    }
}
