package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.IssuedKey;
import dev.overplane.crm.key.KeyAdministration;
import dev.overplane.crm.key.KeyId;
import dev.overplane.crm.key.Rotation;
import dev.overplane.crm.key.StoredKey;
import java.time.InstantSource;
import java.util.Map;

/// Rotates an API key: issues its successor, and gives the key itself an end, until which both work. The input
/// has the key's `id`, and may have `expires_at`, its end; the result shows the successor's secret, this one
/// time.
public final class RotateApiKeyFunction extends JsonFunction {

    private final KeyAdministration administration;
    private final InstantSource clock;

    /// Lambda calls this one.
    public RotateApiKeyFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public RotateApiKeyFunction(Map<String, String> environment) {
        var components = new Components(environment);
        administration = components.keyAdministration();
        clock = components.clock();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        return switch (administration.rotate(KeyRequests.rotate(event, clock.instant()))) {
            case Rotation.Rotated(StoredKey predecessor, IssuedKey successor) ->
                KeyResponses.rotated(predecessor, successor);
            case Rotation.Missing() -> throw KeyErrors.missing();
            case Rotation.Ended() ->
                throw new InvalidInputException("The API key has expired or been revoked: issue a new one.");
            case Rotation.RotatedBefore(KeyId successor) ->
                throw new InvalidInputException(
                        "The API key has been rotated before: its successor is " + successor.value() + ".");
        };
    }
}
