package dev.overplane.crm.testing.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The functions that issue, rotate, revoke and list API keys; they have no route. Immutable.
public final class KeyFunctions {

    public static final String ISSUE = "IssueApiKeyFunction";
    public static final String REVOKE = "RevokeApiKeyFunction";
    public static final String ROTATE = "RotateApiKeyFunction";
    public static final String LIST = "ListApiKeysFunction";

    private final Lambda lambda;

    public KeyFunctions(Lambda lambda) {
        this.lambda = lambda;
    }

    public Invocation invoke(String function, String payload) {
        return lambda.invoke(function, payload);
    }

    /// The secret of a new key that does not expire.
    public String issue(String account, boolean livemode, String scope) {
        return issue(account, livemode, scope, Optional.empty()).get("secret").textValue();
    }

    public JsonNode issue(String account, boolean livemode, String scope, Optional<Instant> expiresAt) {
        return tryIssue(account, livemode, scope, expiresAt).result();
    }

    public Invocation tryIssue(String account, boolean livemode, String scope, Optional<Instant> expiresAt) {
        var request = new LinkedHashMap<String, Object>();
        request.put("account", account);
        request.put("livemode", livemode);
        request.put("scope", scope);
        request.put("expires_at", expiresAt.map(Instant::toString).orElse(null));
        request.put("name", "test suite");
        return invoke(ISSUE, Json.write(request));
    }

    public JsonNode revoke(String id) {
        return tryRevoke(id).result();
    }

    public Invocation tryRevoke(String id) {
        return invoke(REVOKE, Json.write(Map.of("id", id)));
    }

    /// @return the `predecessor`, which works for a day more, and the `successor`
    public JsonNode rotate(String id) {
        return tryRotate(id).result();
    }

    public Invocation tryRotate(String id) {
        return invoke(ROTATE, Json.write(Map.of("id", id)));
    }

    public JsonNode list(String account) {
        return tryList(account).result();
    }

    public Invocation tryList(String account) {
        return invoke(LIST, Json.write(Map.of("account", account)));
    }
}
