package dev.overplane.crm.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.local.gateway.AuthorizerResult.Allowed;
import dev.overplane.crm.local.gateway.AuthorizerResult.Denied;
import dev.overplane.crm.local.gateway.Router.Match;
import dev.overplane.crm.local.lambda.Invocation;
import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.lambda.Outcome.Failed;
import dev.overplane.crm.local.lambda.Outcome.Succeeded;
import dev.overplane.crm.local.lambda.Outcome.Throttled;
import dev.overplane.crm.local.template.Api;
import dev.overplane.crm.local.template.Route.Integration.Mock;
import dev.overplane.crm.local.template.Route.Integration.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Handles the requests to a REST API with proxy integration. Thread-safe.
public final class RestApi {

    /// API Gateway's default limit for an integration.
    public static final Duration INTEGRATION_LIMIT = Duration.ofSeconds(29);
    /// Lambda's limit for the event of a synchronous invocation, in bytes. A request within API Gateway's 10 MB
    /// can exceed it.
    private static final int EVENT_LIMIT = 6 * 1024 * 1024;

    /// What API Gateway says of a body over its limit, whatever the template says: see [lgtm-generator, issue
    /// 10](https://github.com/koki-develop/lgtm-generator/issues/10).
    private static final HttpResponse PAYLOAD_TOO_LARGE = new HttpResponse(
            413,
            List.of(new Header("Content-Type", "text/plain")),
            GatewayResponseType.REQUEST_TOO_LARGE.message().getBytes(StandardCharsets.UTF_8));

    private final Router router;
    private final LambdaService lambda;
    private final Optional<Authorizer> authorizer;
    private final GatewayResponses responses;
    private final RequestContext contexts;
    private final Deployment deployment;
    private final Duration integrationLimit;

    /// @param clock determines when the authorizer's cached policies expire
    /// @param integrationLimit how long to wait for a function
    public RestApi(Api api, Deployment deployment, LambdaService lambda, Clock clock, Duration integrationLimit) {
        this.router = new Router(api.routes());
        this.lambda = lambda;
        this.authorizer = api.authorizer()
                .map(settings -> new Authorizer(
                        settings, lambda.byLogicalId(settings.function()).orElseThrow(), clock));
        this.responses = new GatewayResponses(api.gatewayResponses());
        this.contexts = new RequestContext(deployment);
        api.routes().forEach(route -> {
            if (route.integration() instanceof Mock mock) {
                ResponseRenderer.check(route.method() + " " + route.path(), mock.response());
            }
        });
        this.deployment = deployment;
        this.integrationLimit = integrationLimit;
    }

    public HttpResponse handle(HttpRequest request) {
        if (!PercentEncoding.isValid(request.path()) || !PercentEncoding.isValid(request.query())) {
            return error(GatewayError.of(GatewayResponseType.BAD_REQUEST_PARAMETERS), request);
        }
        var match = router.match(request.method(), request.path());
        if (match.isEmpty()) {
            return error(GatewayError.unmatched(request), request);
        }
        if (request.body().isEmpty()) {
            return PAYLOAD_TOO_LARGE;
        }
        var context = contexts.of(request, match.get());
        if (!match.get().route().authorized()) {
            return integrate(request, match.get(), context);
        }
        var methodArn = deployment.methodArn(request.method(), request.path());
        return switch (authorizer.orElseThrow().authorize(request, match.get(), context, methodArn)) {
            case Allowed allowed -> {
                var values = context.putObject("authorizer");
                allowed.context().forEach(values::put);
                values.put("principalId", allowed.principalId()).put("integrationLatency", allowed.latency());
                yield integrate(request, match.get(), context);
            }
            case Denied denied -> error(denied.error(), request);
        };
    }

    /// Responds to a request that the HTTP server has rejected with `status`.
    HttpResponse rejectMalformed(int status, HttpRequest request) {
        return error(GatewayError.ofStatus(status), request);
    }

    /// Says whether the authorizer allows a request with this value of the identity header. Bypasses the cache.
    public boolean isAuthorized(String identity) {
        return router.anyAuthorized()
                .flatMap(match -> authorizer.map(a -> a.withEmptyCache()
                        .authorize(
                                HttpRequest.forAuthorizer(match.route(), a.identityHeader(), identity),
                                match,
                                JsonNodeFactory.instance.objectNode(),
                                deployment.methodArn(
                                        match.route().method(), match.route().path()))))
                .filter(Allowed.class::isInstance)
                .isPresent();
    }

    private HttpResponse integrate(HttpRequest request, Match match, ObjectNode context) {
        return switch (match.route().integration()) {
            case Proxy(var function) -> invoke(function, ProxyEvent.integration(request, match, context), request);
            case Mock(var mediaTypes, var response) ->
                mediaTypes.contains(request.mediaType())
                        ? ResponseRenderer.render(response, 200, "", request)
                        : error(GatewayError.of(GatewayResponseType.UNSUPPORTED_MEDIA_TYPE), request);
        };
    }

    private HttpResponse invoke(String logicalId, byte[] event, HttpRequest request) {
        if (event.length > EVENT_LIMIT) {
            return error(GatewayError.eventTooLarge(), request);
        }
        var function = lambda.byLogicalId(logicalId).orElseThrow();
        var invocation = new FutureTask<>(() -> function.invoke(event));
        Thread.ofVirtual().name("integration " + request.id()).start(invocation);
        try {
            return respond(invocation.get(integrationLimit.toMillis(), TimeUnit.MILLISECONDS), request);
        } catch (TimeoutException e) {
            // The function continues, as on AWS. Its response is discarded.
            return error(GatewayError.of(GatewayResponseType.INTEGRATION_TIMEOUT), request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(GatewayError.of(GatewayResponseType.INTEGRATION_FAILURE), request);
        } catch (ExecutionException e) {
            throw new IllegalStateException("An invocation failed unexpectedly", e.getCause());
        }
    }

    private HttpResponse respond(Invocation invocation, HttpRequest request) {
        return switch (invocation.outcome()) {
            case Failed _, Throttled _ -> error(GatewayError.functionFailed(), request);
            case Succeeded succeeded ->
                ProxyResponse.parse(succeeded.payload())
                        .orElseGet(() -> error(GatewayError.malformedProxyResponse(), request));
        };
    }

    private HttpResponse error(GatewayError error, HttpRequest request) {
        return responses.render(error, request);
    }
}
