package dev.overplane.crm.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;

/// Uses versions of the functions behind the API before any traffic reaches them: creates, retrieves, lists,
/// changes and deletes one segment, in an account that nobody else uses, and has the authorizer refuse a key.
///
/// It invokes the versions by their ARNs, past the gateway: the routes lead to the versions before.
///
/// @param authorize ARN of the authorizer's version; the others are the operations'
record VersionCheck(
        LambdaInvoker lambda,
        String authorize,
        String create,
        String retrieve,
        String list,
        String update,
        String delete) {

    private static final String ACCOUNT = "acct_deployment";
    private static final String CALLER = "deployment";
    private static final String COLLECTION = "/api/crm/market-segment";
    private static final String ELEMENT = COLLECTION + "/{id}";
    private static final String NONE = "null";
    private static final Json BODIES = Json.ofDepth(3);

    /// Uses the versions.
    ///
    /// @throws VersionException if one of them does not answer as it should
    void run() {
        String effect = lambda.invoke(authorize, GatewayEvents.authorization(CALLER, AuthorizerRehearsal.KEY))
                .at("/policyDocument/Statement/0/Effect")
                .asText();
        if (!effect.equals("Deny")) {
            throw new VersionException(authorize + " did not refuse a key that does not exist");
        }
        String id = id(use(create, 201, "POST", COLLECTION, NONE, "{\"market_segment\":\"deployment\"}"));
        String path = "{\"id\":\"" + id + "\"}";
        try {
            use(retrieve, 200, "GET", ELEMENT, path, "");
            use(list, 200, "GET", COLLECTION, NONE, "");
            use(update, 200, "PATCH", ELEMENT, path, "{\"market_segment\":null}");
        } finally {
            use(delete, 200, "DELETE", ELEMENT, path, "");
        }
        use(retrieve, 404, "GET", ELEMENT, path, "");
    }

    private String use(String version, int expected, String method, String route, String parameters, String body) {
        JsonNode response = lambda.invoke(
                version, GatewayEvents.operation(CALLER, ACCOUNT, method, route, parameters, NONE, "", body));
        String status = response.path("statusCode").asText();
        if (!status.equals(Integer.toString(expected))) {
            throw new VersionException(version + " answered " + status + " instead of " + expected);
        }
        return response.path("body").asText();
    }

    private String id(String body) {
        try {
            return BODIES.read(body).path("id").asText();
        } catch (MalformedJsonException e) {
            throw new VersionException(create + " created what is no JSON", e);
        }
    }
}
