package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.key.IssuedKey;
import dev.overplane.crm.key.KeyAdministration;
import dev.overplane.crm.key.KeyRequest;
import dev.overplane.crm.log.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Uses every route of the API, by a schedule and as the smoke test of a deployment. It reports the metric
/// `CanaryFailures`, 0 or 1; a failure fails the invocation too. Since it calls every function with a route, no
/// version of theirs goes inactive, which happens to one that SnapStart has a snapshot of and nobody has called
/// for 14 days.
///
/// Its requests come with a key of their own, which lives for minutes, in an account that nobody else uses.
public final class CanaryFunction extends JsonFunction {

    private static final Tenant TENANT = new Tenant(new AccountId("acct_canary"), false);
    /// Longer than the function may run: its key ends by itself if it cannot be revoked.
    private static final Duration KEY_LIFE = Duration.ofMinutes(5);

    private final KeyAdministration administration;
    private final InstantSource clock;
    private final URI api;
    private final String stack;
    private final HttpClient http = HttpClient.newHttpClient();

    /// Lambda calls this one.
    public CanaryFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public CanaryFunction(Map<String, String> environment) {
        var components = new Components(environment);
        administration = components.keyAdministration();
        clock = components.clock();
        api = components.apiUrl();
        stack = components.stackName();
    }

    @Override
    Json.Content handle(JsonNode event, Context context) {
        try {
            run();
        } catch (RuntimeException e) {
            Metrics.report("canary_failed", stack, Map.of("CanaryFailures", 1L));
            throw e;
        }
        Metrics.report("canary_passed", stack, Map.of("CanaryFailures", 0L));
        return json -> {
            json.writeStartObject();
            json.writeBooleanField("passed", true);
            json.writeEndObject();
        };
    }

    private void run() {
        IssuedKey issued = administration.issue(new KeyRequest(
                TENANT,
                Scope.READ_WRITE,
                Optional.of("canary"),
                Optional.of(clock.instant().plus(KEY_LIFE))));
        try {
            new Canary(http, api, issued.secret()).run();
        } finally {
            administration.revoke(issued.key().id());
        }
    }
}
