package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;

/// What the proxy does with a request.
public sealed interface Fault {

    /// Forwards it and hands back the answer.
    record None() implements Fault {}

    /// Answers by itself, with an error of DynamoDB; nothing is forwarded.
    ///
    /// @param status HTTP status
    /// @param body the error as DynamoDB words it
    record Refused(int status, ObjectNode body) implements Fault {}

    /// Closes the connection; nothing is forwarded.
    record CutBefore() implements Fault {}

    /// Forwards it, and closes the connection instead of answering.
    record CutAfter() implements Fault {}

    /// Forwards it, and closes the connection in the middle of the answer.
    record CutMidway() implements Fault {}

    /// Neither forwards nor answers it, ever.
    record Silent() implements Fault {}

    /// Forwards it at once and never answers.
    record SilentAfter() implements Fault {}

    /// Forwards it after a while, when nobody expects it any more, and never answers.
    ///
    /// @param delay time until then
    record Late(Duration delay) implements Fault {}

    /// The request passes.
    static Fault none() {
        return new None();
    }

    /// DynamoDB throttles: its table, or for a transaction one of the items.
    static Fault throttled(Call call) {
        return call.actions() > 0
                ? cancelled(call, call.actions() - 1, "ThrottlingError")
                : error(400, "ThrottlingException");
    }

    /// DynamoDB has spent the capacity of the table.
    static Fault exhausted(Call call) {
        return call.actions() > 0
                ? cancelled(call, call.actions() - 1, "ProvisionedThroughputExceeded")
                : error(400, "ProvisionedThroughputExceededException");
    }

    /// The write meets another transaction, at the last of its items.
    static Fault conflict(Call call) {
        return call.actions() > 0 ? conflict(call, call.actions() - 1) : error(400, "TransactionConflictException");
    }

    /// The transaction meets another one at the item of that action.
    static Fault conflict(Call call, int action) {
        return cancelled(call, action, "TransactionConflict");
    }

    /// A transaction with the same token is under way.
    static Fault inProgress() {
        return error(400, "TransactionInProgressException");
    }

    /// DynamoDB fails.
    static Fault serverError() {
        return error(500, "InternalServerError");
    }

    /// The transaction is cancelled for one of its actions.
    static Fault cancelled(Call call, int action, String code) {
        var codes = new String[call.actions()];
        Arrays.fill(codes, "None");
        codes[action] = code;
        return cancelled(codes);
    }

    /// The transaction is cancelled, with these reasons for its actions.
    static Fault cancelled(String... codes) {
        ObjectNode body = body("TransactionCanceledException");
        ArrayNode reasons = body.putArray("CancellationReasons");
        for (String code : codes) {
            reasons.addObject().put("Code", code);
        }
        return new Refused(400, body);
    }

    private static Fault error(int status, String type) {
        return new Refused(status, body(type));
    }

    private static ObjectNode body(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("__type", "com.amazonaws.dynamodb.v20120810#" + type)
                .put("message", "injected");
    }
}
