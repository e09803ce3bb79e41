package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.Router.Match;
import dev.overplane.crm.local.gateway.Verdict.Allowed;
import dev.overplane.crm.local.gateway.Verdict.Refused;
import dev.overplane.crm.local.lambda.LambdaFunction;
import dev.overplane.crm.local.lambda.Outcome.Answered;
import dev.overplane.crm.local.lambda.Outcome.Failed;
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
/// Policies are remembered per value of the identity header, refusing ones too, and held against each call
/// anew: one policy serves all methods. Failures are not remembered. Equal requests that arrive together before
/// there is an answer may each ask. Thread-safe.
final class Authorizer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Remembered(Policy policy, Instant until) {}

    private final AuthorizerSettings settings;
    private final LambdaFunction function;
    private final Clock clock;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    Authorizer(AuthorizerSettings settings, LambdaFunction function, Clock clock) {
        this.settings = settings;
        this.function = function;
        this.clock = clock;
    }

    String identityHeader() {
        return settings.identityHeader();
    }

    /// The same, with nothing remembered.
    Authorizer forgetful() {
        return new Authorizer(settings, function, clock);
    }

    Verdict decide(GatewayRequest request, Match match, ObjectNode requestContext, String methodArn) {
        var identity = request.header(settings.identityHeader()).filter(value -> !value.isBlank());
        if (identity.isEmpty()) {
            return refused(FaultType.UNAUTHORIZED);
        }
        var remembered = recall(identity.get());
        if (remembered.isPresent()) {
            return hold(remembered.get(), methodArn, 0);
        }
        var started = System.nanoTime();
        var invocation = function.invoke(ProxyEvent.authorizer(request, match, requestContext, methodArn));
        var latency = Duration.ofNanos(System.nanoTime() - started).toMillis();
        return switch (invocation.outcome()) {
            case Failed failed ->
                refused(
                        failed.errorMessage().equals("Unauthorized")
                                ? FaultType.UNAUTHORIZED
                                : FaultType.AUTHORIZER_FAILURE);
            case Answered answered ->
                parse(answered)
                        .map(policy -> {
                            remember(identity.get(), policy);
                            return hold(policy, methodArn, latency);
                        })
                        .orElseGet(() -> refused(FaultType.AUTHORIZER_CONFIGURATION_ERROR));
        };
    }

    private static Verdict hold(Policy policy, String methodArn, long latency) {
        return policy.allows(methodArn)
                ? new Allowed(policy.principalId(), policy.context(), latency)
                : new Refused(Fault.of(FaultType.ACCESS_DENIED), policy.context());
    }

    private static Verdict refused(FaultType type) {
        return new Refused(Fault.of(type), Map.of());
    }

    private static Optional<Policy> parse(Answered answered) {
        try {
            return Policy.parse(JSON.readTree(answered.payload()));
        } catch (IOException e) {
            // Not JSON, so no policy.
            return Optional.empty();
        }
    }

    private Optional<Policy> recall(String identity) {
        return Optional.ofNullable(memory.get(identity))
                .filter(remembered -> clock.instant().isBefore(remembered.until()))
                .map(Remembered::policy);
    }

    private void remember(String identity, Policy policy) {
        var now = clock.instant();
        memory.values().removeIf(remembered -> !now.isBefore(remembered.until()));
        if (settings.timeToLive().isPositive()) {
            memory.put(identity, new Remembered(policy, now.plus(settings.timeToLive())));
        }
    }
}
