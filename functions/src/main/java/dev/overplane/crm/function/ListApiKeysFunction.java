package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.KeyAdministration;
import java.util.Map;

/// Lists an account's API keys, newest first, without their secrets. The input has the `account`.
public final class ListApiKeysFunction extends JsonFunction {

    private final KeyAdministration administration;

    /// Lambda calls this one.
    public ListApiKeysFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public ListApiKeysFunction(Map<String, String> environment) {
        administration = new Components(environment).keyAdministration();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        return KeyResponses.list(administration.list(KeyRequests.list(event)));
    }
}
