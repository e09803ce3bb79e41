package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.Router.Match;
import dev.overplane.crm.local.gateway.Verdict.Allowed;
import dev.overplane.crm.local.gateway.Verdict.Refused;
import dev.overplane.crm.local.lambda.Invocation;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.lambda.Outcome.Answered;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.template.Api;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A REST API with proxy integration, without HTTP: from request to answer. Thread-safe.
public final class RestApi {

    /// API Gateway's limit of an integration, not to be raised by a template.
    public static final Duration INTEGRATION_LIMIT = Duration.ofSeconds(29);
    /// Lambda's, of a synchronous event: what goes beyond it is too large a request, although API Gateway would
    /// take 10 MB.
    private static final int EVENT_LIMIT = 6 * 1024 * 1024;

    private final Router router;
    private final LambdaService lambda;
    private final Optional<Authorizer> authorizer;
    private final GatewayResponses responses;
    private final RequestContext contexts;
    private final Deployment deployment;
    private final Duration integrationLimit;

    /// @param clock says when the authorizer's answers grow stale
    public RestApi(Api api, Deployment deployment, LambdaService lambda, Clock clock, Duration integrationLimit) {
        this.router = new Router(api.routes());
        this.lambda = lambda;
        this.authorizer = api.authorizer()
                .map(settings -> new Authorizer(
                        settings, lambda.byLogicalId(settings.function()).orElseThrow(), clock));
        this.responses = new GatewayResponses(api.gatewayResponses());
        this.contexts = new RequestContext(deployment);
        this.deployment = deployment;
        this.integrationLimit = integrationLimit;
    }

    public GatewayAnswer handle(GatewayRequest request) {
        if (!Percent.isSound(request.path()) || !Percent.isSound(request.query())) {
            return refuse(Fault.of(FaultType.BAD_REQUEST_PARAMETERS), contexts.of(request, Optional.empty()), request);
        }
        var match = router.match(request.method(), request.path());
        var context = contexts.of(request, match);
        if (match.isEmpty()) {
            return refuse(Fault.of(FaultType.MISSING_AUTHENTICATION_TOKEN), context, request);
        }
        if (request.body().isEmpty()) {
            return refuse(Fault.of(FaultType.REQUEST_TOO_LARGE), context, request);
        }
        if (!match.get().route().authorized()) {
            return integrate(request, match.get(), context);
        }
        var methodArn = deployment.methodArn(request.method(), request.path());
        return switch (authorizer.orElseThrow().decide(request, match.get(), context, methodArn)) {
            case Allowed allowed -> {
                tell(context, allowed.context())
                        .put("principalId", allowed.principalId())
                        .put("integrationLatency", allowed.latency());
                yield integrate(request, match.get(), context);
            }
            case Refused refused -> {
                tell(context, refused.context());
                yield refuse(refused.fault(), context, request);
            }
        };
    }

    /// The answer to what the HTTP server refused with `status` before it was a request.
    GatewayAnswer refuseMalformed(int status, GatewayRequest request) {
        return refuse(Fault.ofStatus(status), contexts.of(request, Optional.empty()), request);
    }

    /// Whether the authorizer, asked afresh, lets the sender of such an identity header in.
    public boolean admits(String identity) {
        return router.anyAuthorized()
                .flatMap(match -> authorizer.map(a -> a.forgetful()
                        .decide(
                                GatewayRequest.probe(match.route(), a.identityHeader(), identity),
                                match,
                                JsonNodeFactory.instance.objectNode(),
                                deployment.methodArn(
                                        match.route().method(), match.route().path()))))
                .filter(Allowed.class::isInstance)
                .isPresent();
    }

    private GatewayAnswer integrate(GatewayRequest request, Match match, ObjectNode context) {
        var event = ProxyEvent.integration(request, match, context);
        if (event.length > EVENT_LIMIT) {
            return refuse(Fault.of(FaultType.REQUEST_TOO_LARGE), context, request);
        }
        var function = lambda.byLogicalId(match.route().function()).orElseThrow();
        var invocation = new FutureTask<>(() -> function.invoke(event));
        Thread.ofVirtual().name("integration " + request.id()).start(invocation);
        try {
            return answer(invocation.get(integrationLimit.toMillis(), TimeUnit.MILLISECONDS), context, request);
        } catch (TimeoutException e) {
            // The function goes on, as it does at AWS: only its answer is given up.
            return refuse(Fault.of(FaultType.INTEGRATION_TIMEOUT), context, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(Fault.of(FaultType.INTEGRATION_FAILURE), context, request);
        } catch (ExecutionException e) {
            throw new IllegalStateException("An invocation broke off", e.getCause());
        }
    }

    private GatewayAnswer answer(Invocation invocation, ObjectNode context, GatewayRequest request) {
        return switch (invocation.outcome()) {
            case Failed _ -> refuse(Fault.functionFailed(), context, request);
            case Answered answered ->
                ProxyResponse.parse(answered.payload())
                        .orElseGet(() -> refuse(Fault.malformedProxyResponse(), context, request));
        };
    }

    private GatewayAnswer refuse(Fault fault, ObjectNode context, GatewayRequest request) {
        return responses.word(fault, context, request);
    }

    private static ObjectNode tell(ObjectNode context, Map<String, String> told) {
        var authorizer = JsonNodeFactory.instance.objectNode();
        told.forEach(authorizer::put);
        context.set("authorizer", authorizer);
        return authorizer;
    }
}
