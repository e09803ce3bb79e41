package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.KeyAdministration;
import java.time.InstantSource;
import java.util.Map;

/// Issues an API key. The input has `account`, `livemode` and `scope`, and may have `expires_at` and `name`;
/// the result shows the secret, this one time.
public final class IssueApiKeyFunction extends JsonFunction {

    private final KeyAdministration administration;
    private final InstantSource clock;

    /// Lambda calls this one.
    public IssueApiKeyFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public IssueApiKeyFunction(Map<String, String> environment) {
        var components = new Components(environment);
        administration = components.keyAdministration();
        clock = components.clock();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        return KeyResponses.issued(administration.issue(KeyRequests.issue(event, clock.instant())));
    }
}
