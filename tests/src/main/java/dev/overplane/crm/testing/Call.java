package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One request that reached the proxy: an attempt at a call.
///
/// @param operation DynamoDB's name of what is asked, such as `TransactWriteItems`
/// @param invocation the SDK's id of the call, which all attempts at it share
/// @param attempt which attempt at the call it is, from 1
/// @param body what was sent
public record Call(String operation, String invocation, int attempt, ObjectNode body) {

    /// What is asked, and of which index: `Query by_created_at`.
    public String label() {
        String index = body.path("IndexName").asText("");
        return index.isEmpty() ? operation : operation + " " + index;
    }

    /// Whether it may change something.
    public boolean isWrite() {
        return switch (operation) {
            case "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem" -> true;
            default -> false;
        };
    }

    /// The table of a transaction's action.
    ///
    /// @param action its index, from 0
    public String table(int action) {
        return body.path("TransactItems").path(action).findValue("TableName").asText();
    }

    /// How many actions a transaction has; 0 if it is none.
    public int actions() {
        return body.path("TransactItems").size();
    }
}
