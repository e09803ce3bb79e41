package dev.overplane.crm.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.TestTables;
import java.util.Iterator;
import java.util.UUID;

/// Requests without one of the protections that the functions put on them, for the tests' negative twins.
final class WithoutProtection {

    private WithoutProtection() {}

    /// A write that does not see the record of its idempotency key, and whose own replaces it.
    static Call byKey(Call call) {
        for (int action = 0; action < call.actions(); action++) {
            if (call.table(action).equals(TestTables.shared().name("IDEMPOTENCY_TABLE"))) {
                JsonNode record = call.body().path("TransactItems").path(action);
                if (record.has("Put")) {
                    unconditional((ObjectNode) record.path("Put"));
                } else {
                    ((ObjectNode) record.path("Get").path("Key").path("key"))
                            .put("S", UUID.randomUUID().toString());
                }
            }
        }
        return call;
    }

    /// A create that is counted in whatever page its object says.
    static Call byPage(Call call) {
        JsonNode items = call.body().path("TransactItems");
        if (items.size() == 2 && items.get(0).has("Put") && items.get(1).has("Update")) {
            unconditional((ObjectNode) items.get(1).path("Update"));
        }
        return call;
    }

    /// A transaction each of whose attempts is a new one to DynamoDB, and which does not mind what the one
    /// before has done.
    static Call byToken(Call call) {
        if (call.actions() > 0) {
            byTokenAlone(call);
            for (JsonNode action : call.body().path("TransactItems")) {
                if (action.has("Put") || action.has("Delete")) {
                    unconditional((ObjectNode) action.elements().next());
                }
            }
        }
        return call;
    }

    /// A transaction each of whose attempts is a new one to DynamoDB, conditions and all.
    static Call byTokenAlone(Call call) {
        if (call.actions() > 0) {
            call.body().put("ClientRequestToken", UUID.randomUUID().toString());
        }
        return call;
    }

    /// A rotation that does not mind whether the key has a successor.
    static Call bySuccessor(Call call) {
        for (JsonNode action : call.body().path("TransactItems")) {
            if (action.path("Update") instanceof ObjectNode update) {
                String condition = update.path("ConditionExpression").asText();
                update.put("ConditionExpression", condition.replace(" AND attribute_not_exists(successor)", ""));
            }
        }
        return call;
    }

    /// An update that does not mind the object's version, nor the time of its last change, which would refuse all whose
    /// clock was read before the first one's.
    static Call byVersion(Call call) {
        if (!call.operation().equals("UpdateItem")) {
            return call;
        }
        ((ObjectNode) call.body().path("ExpressionAttributeValues")).remove(":version0");
        return replaced(replaced(call, " AND version IN (:version0)", ""), " AND updated_at <= :now", "");
    }

    /// An update that does not know its own work again.
    static Call byMark(Call call) {
        return call.operation().equals("UpdateItem")
                ? replaced(call, "(attribute_not_exists(writer) OR writer <> :writer)", "attribute_exists(id)")
                : call;
    }

    private static Call replaced(Call call, String condition, String replacement) {
        String expression = call.body().path("ConditionExpression").asText();
        call.body().put("ConditionExpression", expression.replace(condition, replacement));
        return call;
    }

    /// Takes the condition away, and the names and values that nothing else uses: DynamoDB refuses those.
    private static void unconditional(ObjectNode action) {
        action.remove("ConditionExpression");
        String rest = action.path("UpdateExpression").asText();
        drop(action.path("ExpressionAttributeValues"), rest);
        drop(action.path("ExpressionAttributeNames"), rest);
        for (String member : new String[] {"ExpressionAttributeValues", "ExpressionAttributeNames"}) {
            if (action.path(member).isEmpty()) {
                action.remove(member);
            }
        }
    }

    private static void drop(JsonNode names, String expression) {
        for (Iterator<String> i = names.fieldNames(); i.hasNext(); ) {
            if (!expression.contains(i.next())) {
                i.remove();
            }
        }
    }
}
