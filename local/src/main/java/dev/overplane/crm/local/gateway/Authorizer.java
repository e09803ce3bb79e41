package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.AuthorizerResult.Allowed;
import dev.overplane.crm.local.gateway.AuthorizerResult.Denied;
import dev.overplane.crm.local.gateway.Router.Match;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.lambda.Outcome.Succeeded;
import dev.overplane.crm.local.lambda.Outcome.Throttled;
import dev.overplane.crm.local.template.AuthorizerSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// API Gateway's Lambda authorizer of type REQUEST.
///
/// Caches policies by the value of the identity header, whether they allow or deny. Evaluates the cached policy
/// for each call, since one policy covers all methods. Does not cache failures. Concurrent requests with an
/// identity that is not cached yet may each call the function. Thread-safe.
final class Authorizer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record CachedPolicy(Policy policy, Instant expiry) {}

    private final AuthorizerSettings settings;
    private final LambdaFunction function;
    private final Clock clock;
    private final Map<String, CachedPolicy> cache = new ConcurrentHashMap<>();

    Authorizer(AuthorizerSettings settings, LambdaFunction function, Clock clock) {
        this.settings = settings;
        this.function = function;
        this.clock = clock;
    }

    String identityHeader() {
        return settings.identityHeader();
    }

    /// Returns a copy with an empty cache of its own.
    Authorizer withEmptyCache() {
        return new Authorizer(settings, function, clock);
    }

    AuthorizerResult authorize(HttpRequest request, Match match, ObjectNode requestContext, String methodArn) {
        var identity = request.header(settings.identityHeader()).filter(value -> !value.isBlank());
        if (identity.isEmpty()) {
            return denied(GatewayResponseType.UNAUTHORIZED);
        }
        var cached = cached(identity.get());
        if (cached.isPresent()) {
            return evaluate(cached.get(), methodArn, 0);
        }
        var started = System.nanoTime();
        var invocation = function.invoke(ProxyEvent.authorizer(request, match, requestContext, methodArn));
        var latency = Duration.ofNanos(System.nanoTime() - started).toMillis();
        return switch (invocation.outcome()) {
            case Failed failed ->
                denied(
                        failed.errorMessage().equals("Unauthorized")
                                ? GatewayResponseType.UNAUTHORIZED
                                : GatewayResponseType.AUTHORIZER_FAILURE);
            case Throttled _ -> denied(GatewayResponseType.AUTHORIZER_FAILURE);
            case Succeeded succeeded ->
                parse(succeeded)
                        .map(policy -> {
                            cache(identity.get(), policy);
                            return evaluate(policy, methodArn, latency);
                        })
                        .orElseGet(() -> denied(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR));
        };
    }

    private static AuthorizerResult evaluate(Policy policy, String methodArn, long latency) {
        return policy.allows(methodArn)
                ? new Allowed(policy.principalId(), policy.context(), latency)
                : denied(GatewayResponseType.ACCESS_DENIED);
    }

    private static AuthorizerResult denied(GatewayResponseType type) {
        return new Denied(GatewayError.of(type));
    }

    private static Optional<Policy> parse(Succeeded response) {
        try {
            return Policy.parse(JSON.readTree(response.payload()));
        } catch (IOException e) {
            // What is not JSON is not a policy.
            return Optional.empty();
        }
    }

    private Optional<Policy> cached(String identity) {
        return Optional.ofNullable(cache.get(identity))
                .filter(entry -> clock.instant().isBefore(entry.expiry()))
                .map(CachedPolicy::policy);
    }

    private void cache(String identity, Policy policy) {
        var now = clock.instant();
        cache.values().removeIf(entry -> !now.isBefore(entry.expiry()));
        if (settings.timeToLive().isPositive()) {
            cache.put(identity, new CachedPolicy(policy, now.plus(settings.timeToLive())));
        }
    }
}
