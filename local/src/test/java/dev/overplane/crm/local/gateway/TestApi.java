package dev.overplane.crm.local.gateway;

import static dev.overplane.crm.local.lambda.TestHandlers.function;

import dev.overplane.crm.local.lambda.LambdaService;
import dev.overplane.crm.local.lambda.TestHandlers;
import dev.overplane.crm.local.template.Api;
import dev.overplane.crm.local.template.AuthorizerSettings;
import dev.overplane.crm.local.template.ResponseTemplate;
import dev.overplane.crm.local.template.Route;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// An API of functions that only tests use: `/echo`, `/respond`, `/throw`, `/sleep`, `/open`; and `/nothing/…`,
/// which is none.
final class TestApi {

    static final Deployment DEPLOYMENT = new Deployment("eu-west-1", "123456789012", "api", "v1");
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(50);

    private static final Route.Integration.Mock NOTHING = new Route.Integration.Mock(
            Set.of("application/json", "text/plain"),
            new ResponseTemplate(
                    OptionalInt.of(404),
                    Map.of("Allow", "'GET'"),
                    Map.of("application/json", "nothing here, $context.extendedRequestId")));

    private TestApi() {}

    static RestApi of(
            Map<String, ResponseTemplate> responses, Clock clock, Duration timeToLive, Duration integrationLimit) {
        var functions = List.of(
                function("Echo", TestHandlers.ReturnsEventAsBody.class, Duration.ofSeconds(10)),
                function("Respond", TestHandlers.ReturnsBody.class, Duration.ofSeconds(10)),
                function("Throw", TestHandlers.Throws.class, Duration.ofSeconds(10)),
                function("Sleep", TestHandlers.Sleeps.class, Duration.ofSeconds(1)),
                function("Authorize", TestAuthorizer.class, Duration.ofSeconds(10)));
        var routes = List.of(
                Route.toFunction("GET", "/echo/{id}", "Echo", true),
                Route.toFunction("POST", "/echo/{id}", "Echo", true),
                Route.toFunction("POST", "/respond", "Respond", true),
                Route.toFunction("GET", "/throw", "Throw", true),
                Route.toFunction("GET", "/sleep", "Sleep", true),
                Route.toFunction("PATCH", "/open", "Echo", false),
                new Route("ANY", "/nothing/{rest+}", NOTHING, false));
        var authorizer = Optional.of(new AuthorizerSettings("Authorize", "Authorization", timeToLive));
        var api = new Api("api", "v1", routes, authorizer, responses);
        return new RestApi(api, DEPLOYMENT, new LambdaService(functions, Map.of()), clock, integrationLimit);
    }

    static RestApi plain() {
        return of(Map.of(), Clock.systemUTC(), TIME_TO_LIVE, RestApi.INTEGRATION_LIMIT);
    }

    /// @param headers name, value, name, value
    static HttpRequest request(String method, String target, String body, String... headers) {
        var parts = target.split("\\?", 2);
        var lines = new ArrayList<Header>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new Header(headers[i], headers[i + 1]));
        }
        return new HttpRequest(
                "01234567-89ab-cdef-0123-456789abcdef",
                Instant.parse("2026-02-03T04:05:06.789Z"),
                method,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                "HTTP/1.1",
                lines,
                Optional.of(body.getBytes(StandardCharsets.UTF_8)),
                "127.0.0.1");
    }

    static String body(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static Optional<String> header(HttpResponse response, String name) {
        return response.headers().stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
