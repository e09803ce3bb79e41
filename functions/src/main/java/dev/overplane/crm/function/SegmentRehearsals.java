package dev.overplane.crm.function;

import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.segment.Position;
import dev.overplane.crm.segment.SegmentId;
import dev.overplane.crm.segment.Timestamp;
import java.security.SecureRandom;
import java.util.List;

/// What the operations on market segments are primed with.
final class SegmentRehearsals {

    private static final String ACCOUNT = "acct_priming";
    private static final String COLLECTION = "/api/crm/market-segment";
    private static final String ELEMENT = COLLECTION + "/{id}";
    private static final String NO_MEMBERS = "{}";
    private static final String BODY = "{\"market_segment\":\"Priming\"}";
    private static final String INVALID_BODY = "{\"market_segment\":1}";
    private static final String TENANT = "\"tenant\":{\"S\":\"" + ACCOUNT + "/test\"}";
    private static final String HEAD = "{" + TENANT + ",\"id\":{\"S\":\"#\"},\"c\":{\"N\":\"2\"}}";
    private static final String GROUP =
            "{" + TENANT + ",\"id\":{\"S\":\"#p000\"},\"n\":{\"N\":\"1\"},\"a\":{\"N\":\"0\"},\"0\":{\"N\":\"1\"}}";

    private SegmentRehearsals() {}

    /// Creates, with an idempotency key and without, and refuses a body.
    static Rehearsal create() {
        return new Rehearsal(
                List.of(
                        scene("POST", COLLECTION, NO_MEMBERS, NO_MEMBERS, BODY, 201),
                        withKey("POST", COLLECTION, NO_MEMBERS, BODY, 201),
                        scene("POST", COLLECTION, NO_MEMBERS, NO_MEMBERS, INVALID_BODY, 400)),
                (operation, _) -> operation.equals("GetItem") ? "{\"Item\":" + HEAD + "}" : "{}");
    }

    /// Retrieves, and does not find.
    static Rehearsal retrieve() {
        SegmentId id = id();
        return new Rehearsal(
                List.of(
                        scene("GET", ELEMENT, path(id), NO_MEMBERS, "", 200),
                        scene("GET", ELEMENT, "{\"id\":\"priming\"}", NO_MEMBERS, "", 404)),
                (_, _) -> "{\"Item\":" + item(id) + "}");
    }

    /// Lists from the top, from an offset and from an object, and refuses a limit.
    static Rehearsal list() {
        SegmentId id = id();
        return new Rehearsal(
                List.of(
                        scene("GET", COLLECTION, NO_MEMBERS, NO_MEMBERS, "", 200),
                        scene("GET", COLLECTION, NO_MEMBERS, "{\"limit\":[\"1\"],\"offset\":[\"1\"]}", "", 200),
                        scene("GET", COLLECTION, NO_MEMBERS, "{\"starting_after\":[\"" + id.value() + "\"]}", "", 200),
                        scene("GET", COLLECTION, NO_MEMBERS, "{\"limit\":[\"0\"]}", "", 400)),
                (_, request) -> request.contains("\"IndexName\"") ? items(item(id), 1) : items(HEAD + "," + GROUP, 2));
    }

    /// Updates, with an idempotency key and without, changes nothing, and refuses a body.
    static Rehearsal update() {
        SegmentId id = id();
        return new Rehearsal(
                List.of(
                        scene("PATCH", ELEMENT, path(id), NO_MEMBERS, BODY, 200),
                        withKey("PATCH", ELEMENT, path(id), BODY, 200),
                        scene("PATCH", ELEMENT, path(id), NO_MEMBERS, NO_MEMBERS, 200),
                        scene("PATCH", ELEMENT, path(id), NO_MEMBERS, INVALID_BODY, 400)),
                (operation, _) -> switch (operation) {
                    case "UpdateItem" -> "{\"Attributes\":" + item(id) + "}";
                    case "TransactGetItems" -> "{\"Responses\":[{},{\"Item\":" + item(id) + "}]}";
                    case "TransactWriteItems" -> "{}";
                    default -> "{\"Item\":" + item(id) + "}";
                });
    }

    /// Deletes, with an idempotency key and without, and does not find.
    static Rehearsal delete() {
        return new Rehearsal(
                List.of(
                        scene("DELETE", ELEMENT, path(id()), NO_MEMBERS, "", 200),
                        withKey("DELETE", ELEMENT, path(id()), "", 200),
                        scene("DELETE", ELEMENT, "{\"id\":\"priming\"}", NO_MEMBERS, "", 404)),
                (_, _) -> "{}");
    }

    private static String items(String items, int count) {
        return "{\"Items\":[" + items + "],\"Count\":" + count + ",\"ScannedCount\":" + count + "}";
    }

    private static SegmentId id() {
        return SegmentId.issue(
                new Tenant(new AccountId(ACCOUNT), false), new Position(0, new Timestamp(1)), new SecureRandom());
    }

    private static String path(SegmentId id) {
        return "{\"id\":\"" + id.value() + "\"}";
    }

    /// A segment as DynamoDB answers it, as it is in the table and in the index.
    private static String item(SegmentId id) {
        return """
                {%s,"id":{"S":"%s"},"page":{"N":"0"},"created_at":{"N":"1"},"updated_at":{"N":"1"},\
                "version":{"N":"1"},"market_segment":{"S":"Priming"},"request_id":{"S":"priming"},\
                "writer":{"B":"AAAAAAAAAAA="}}""".formatted(TENANT, id.value());
    }

    private static Rehearsal.Scene scene(
            String method, String route, String parameters, String query, String body, int status) {
        return scene(method, route, parameters, query, "", body, status);
    }

    private static Rehearsal.Scene withKey(String method, String route, String parameters, String body, int status) {
        return scene(method, route, parameters, NO_MEMBERS, "priming", body, status);
    }

    private static Rehearsal.Scene scene(
            String method, String route, String parameters, String query, String key, String body, int status) {
        return new Rehearsal.Scene(
                GatewayEvents.operation("priming", ACCOUNT, method, route, parameters, query, key, body),
                "\"statusCode\":" + status);
    }
}
