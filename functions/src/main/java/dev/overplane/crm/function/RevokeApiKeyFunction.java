package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.KeyAdministration;
import java.util.Map;

/// Revokes an API key, which has no effect if it is revoked already. The input has its `id`.
public final class RevokeApiKeyFunction extends JsonFunction {

    private final KeyAdministration administration;

    /// Lambda calls this one.
    public RevokeApiKeyFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public RevokeApiKeyFunction(Map<String, String> environment) {
        administration = new Components(environment).keyAdministration();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        return administration
                .revoke(KeyRequests.revoke(event))
                .map(KeyResponses::stored)
                .orElseThrow(KeyErrors::missing);
    }
}
