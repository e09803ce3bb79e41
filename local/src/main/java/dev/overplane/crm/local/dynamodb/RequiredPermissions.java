package dev.overplane.crm.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.local.template.Permission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Says which permissions DynamoDB wants a caller to have, by its
/// [service authorization
/// reference](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html).
///
/// @param tables what precedes the name in a table's ARN, such as `arn:aws:dynamodb:eu-west-1:123456789012:table/`
record RequiredPermissions(String tables) {

    /// A transaction asks for the actions of its parts, and has none of its own.
    private static final Map<String, String> PARTS = Map.of(
            "Put", "PutItem",
            "Update", "UpdateItem",
            "Delete", "DeleteItem",
            "ConditionCheck", "ConditionCheckItem",
            "Get", "GetItem");

    /// Returns what a request needs, each once, in the request's order; nothing for a transaction or batch of nothing.
    ///
    /// What a request is about that names no table, such as `ListTables`, is every resource, `*`.
    ///
    /// @param operation such as `GetItem`
    List<Permission> of(String operation, JsonNode request) {
        return (switch (operation) {
                    case "TransactWriteItems", "TransactGetItems" -> parts(request.path("TransactItems"));
                    case "BatchGetItem", "BatchWriteItem" ->
                        request.path("RequestItems")
                                .propertyStream()
                                .map(table -> permission(operation, tables + table.getKey()));
                    default -> Stream.of(permission(operation, resource(request)));
                })
                .distinct()
                .toList();
    }

    private Stream<Permission> parts(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .flatMap(JsonNode::propertyStream)
                .map(part -> permission(PARTS.getOrDefault(part.getKey(), part.getKey()), resource(part.getValue())));
    }

    private String resource(JsonNode request) {
        var table = request.path("TableName");
        var index = request.path("IndexName");
        if (!table.isTextual()) {
            return "*";
        }
        return tables + table.textValue() + (index.isTextual() ? "/index/" + index.textValue() : "");
    }

    private static Permission permission(String action, String resource) {
        return new Permission("dynamodb:" + action, resource);
    }
}
