package dev.overplane.crm.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.function.AuthorizeFunction;
import dev.overplane.crm.function.CreateMarketSegmentFunction;
import dev.overplane.crm.function.DeleteMarketSegmentFunction;
import dev.overplane.crm.function.IssueApiKeyFunction;
import dev.overplane.crm.function.ListApiKeysFunction;
import dev.overplane.crm.function.ListMarketSegmentsFunction;
import dev.overplane.crm.function.RetrieveMarketSegmentFunction;
import dev.overplane.crm.function.RevokeApiKeyFunction;
import dev.overplane.crm.function.RotateApiKeyFunction;
import dev.overplane.crm.function.UpdateMarketSegmentFunction;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Invocation;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.KeyFunctions;
import dev.overplane.crm.testing.client.Lambda;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The functions in this JVM, without gateway and authorizer: each is made at its first use and used from then
/// on, as Lambda does. Each has an access key of its own, by which [TestTables] know its policies. Thread-safe.
public final class Functions implements Lambda {

    private static final URI URL = URI.create("http://functions.invalid");
    private static final String METHOD_ARN =
            "arn:aws:execute-api:eu-central-1:123456789012:api/v1/GET" + ApiClient.PATH;
    private static final Map<String, Function<Map<String, String>, RequestStreamHandler>> CONSTRUCTORS = Map.of(
            "CreateMarketSegmentFunction",
            CreateMarketSegmentFunction::new,
            "RetrieveMarketSegmentFunction",
            RetrieveMarketSegmentFunction::new,
            "ListMarketSegmentsFunction",
            ListMarketSegmentsFunction::new,
            "UpdateMarketSegmentFunction",
            UpdateMarketSegmentFunction::new,
            "DeleteMarketSegmentFunction",
            DeleteMarketSegmentFunction::new,
            "AuthorizeFunction",
            AuthorizeFunction::new,
            KeyFunctions.ISSUE,
            IssueApiKeyFunction::new,
            KeyFunctions.REVOKE,
            RevokeApiKeyFunction::new,
            KeyFunctions.ROTATE,
            RotateApiKeyFunction::new,
            KeyFunctions.LIST,
            ListApiKeysFunction::new);

    private final Map<String, String> environment;
    private final Map<String, RequestStreamHandler> handlers = new ConcurrentHashMap<>();

    /// @param dynamoDb DynamoDB's endpoint, for all the functions
    public Functions(URI dynamoDb) {
        this(TestTables.environment(dynamoDb));
    }

    /// @param environment the environment variables of all the functions; without an access key, they get theirs
    ///     elsewhere, and are nobody whom [TestTables] know
    public Functions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Makes a function before its first use.
    public void start(String function) {
        handlers.computeIfAbsent(function, name -> CONSTRUCTORS.get(name).apply(environmentOf(name)));
    }

    private Map<String, String> environmentOf(String function) {
        var own = new HashMap<>(environment);
        own.replace("AWS_ACCESS_KEY_ID", function);
        return own;
    }

    /// A caller that may read and write the account's test data.
    public ApiClient client(String account) {
        return new ApiClient(request -> send(account, request), URL, "of " + account);
    }

    public KeyFunctions keys() {
        return new KeyFunctions(this);
    }

    /// Asks the authorizer about an API key.
    public Invocation authorize(String secret) {
        ObjectNode event = object().put("type", "REQUEST").put("methodArn", METHOD_ARN);
        event.putObject("multiValueHeaders").putArray("Authorization").add("Bearer " + secret);
        return invoke("AuthorizeFunction", event.toString());
    }

    @Override
    public Invocation invoke(String function, String payload) {
        var out = new ByteArrayOutputStream();
        try {
            start(function);
            handlers.get(function)
                    .handleRequest(
                            new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), out, new TestContext());
            return new Invocation(200, Optional.empty(), Json.read(out.toString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            var error = object().put("errorMessage", e.getMessage())
                    .put("errorType", e.getClass().getName());
            return new Invocation(200, Optional.of("Unhandled"), error);
        }
    }

    private ApiResponse send(String account, ApiRequest request) {
        var id = Optional.of(request.uri().getPath())
                .filter(path -> path.startsWith(ApiClient.PATH + "/"))
                .map(path -> path.substring(ApiClient.PATH.length() + 1));
        JsonNode response = invoke(
                        route(request.method(), id.isPresent()),
                        event(account, request, id).toString())
                .result();
        var headers = new HashMap<String, List<String>>();
        response.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        response.path("multiValueHeaders").properties().forEach(header -> {
            var values = new ArrayList<String>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey(), values);
        });
        return new ApiResponse(
                request.method(),
                response.path("statusCode").asInt(),
                HttpHeaders.of(headers, (_, _) -> true),
                response.path("body").asText(""));
    }

    private static String route(String method, boolean hasId) {
        return switch (method) {
            case "POST" -> "CreateMarketSegmentFunction";
            case "GET" -> hasId ? "RetrieveMarketSegmentFunction" : "ListMarketSegmentsFunction";
            case "PATCH" -> "UpdateMarketSegmentFunction";
            case "DELETE" -> "DeleteMarketSegmentFunction";
            default -> throw new IllegalArgumentException("no function serves " + method);
        };
    }

    private static ObjectNode event(String account, ApiRequest request, Optional<String> id) {
        ObjectNode event = object();
        event.put("httpMethod", request.method()).put("path", request.uri().getPath());
        event.put("resource", ApiClient.PATH + (id.isPresent() ? "/{id}" : ""));
        id.ifPresent(value -> event.putObject("pathParameters").put("id", value));
        ObjectNode headers = event.putObject("multiValueHeaders");
        request.headers().forEach(header -> headers.withArray(header.name()).add(header.value()));
        ObjectNode query = event.putObject("multiValueQueryStringParameters");
        Optional.ofNullable(request.uri().getRawQuery()).stream()
                .flatMap(text -> List.of(text.split("&")).stream())
                .map(parameter -> parameter.split("=", 2))
                .forEach(pair -> query.withArray(decode(pair[0])).add(decode(pair[1])));
        var body = request.body();
        event.put("body", body.length == 0 ? null : new String(body, StandardCharsets.UTF_8));
        ObjectNode context = event.putObject("requestContext");
        context.put("extendedRequestId", UUID.randomUUID().toString())
                .put("requestId", UUID.randomUUID().toString())
                .put("path", "/v1" + request.uri().getPath());
        context.putObject("authorizer")
                .put("account", account)
                .put("livemode", "false")
                .put("scope", "read_write")
                .put("key_id", "key_0000000000000000");
        return event;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
