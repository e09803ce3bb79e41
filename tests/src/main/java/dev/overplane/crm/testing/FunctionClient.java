package dev.overplane.crm.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.function.AuthorizeFunction;
import dev.overplane.crm.function.CreateMarketSegmentFunction;
import dev.overplane.crm.function.DeleteMarketSegmentFunction;
import dev.overplane.crm.function.IssueApiKeyFunction;
import dev.overplane.crm.function.ListApiKeysFunction;
import dev.overplane.crm.function.ListMarketSegmentsFunction;
import dev.overplane.crm.function.RetrieveMarketSegmentFunction;
import dev.overplane.crm.function.RevokeApiKeyFunction;
import dev.overplane.crm.function.UpdateMarketSegmentFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The functions, each made at its first use and used from then on, as Lambda does. Thread-safe.
public final class FunctionClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/crm/market-segment";
    private static final String METHOD_ARN = "arn:aws:execute-api:eu-central-1:123456789012:api/v1/GET" + PATH;

    private final Map<String, String> environment;
    private final Map<Class<?>, RequestStreamHandler> handlers = new ConcurrentHashMap<>();

    /// @param dynamoDb DynamoDB's endpoint, for all the functions
    public FunctionClient(URI dynamoDb) {
        this.environment = TestStore.environment(dynamoDb);
    }

    /// A request of an account: to its test data, with a key that may do everything.
    ///
    /// @param headers header fields by name
    /// @param query query parameters by name
    public record Request(
            String account, String id, Map<String, String> headers, Map<String, String> query, String body) {

        /// About the account's objects in general.
        public static Request of(String account) {
            return new Request(account, "", Map.of(), Map.of(), "");
        }

        /// About one object.
        public Request id(String id) {
            return new Request(account, id, headers, query, body);
        }

        /// With one more header field.
        public Request header(String name, String value) {
            return new Request(account, id, with(headers, name, value), query, body);
        }

        /// With one more query parameter.
        public Request query(String name, Object value) {
            return new Request(account, id, headers, with(query, name, value.toString()), body);
        }

        /// With that body.
        public Request body(String json) {
            return new Request(account, id, headers, query, json);
        }

        private static Map<String, String> with(Map<String, String> map, String name, String value) {
            var more = new LinkedHashMap<>(map);
            more.put(name, value);
            return more;
        }
    }

    public Answer create(Request request) {
        return http(CreateMarketSegmentFunction.class, CreateMarketSegmentFunction::new, request);
    }

    public Answer retrieve(Request request) {
        return http(RetrieveMarketSegmentFunction.class, RetrieveMarketSegmentFunction::new, request);
    }

    public Answer list(Request request) {
        return http(ListMarketSegmentsFunction.class, ListMarketSegmentsFunction::new, request);
    }

    public Answer update(Request request) {
        return http(UpdateMarketSegmentFunction.class, UpdateMarketSegmentFunction::new, request);
    }

    public Answer delete(Request request) {
        return http(DeleteMarketSegmentFunction.class, DeleteMarketSegmentFunction::new, request);
    }

    /// @param secret the API key
    public Answer authorize(String secret) {
        ObjectNode event = JSON.createObjectNode().put("type", "REQUEST").put("methodArn", METHOD_ARN);
        event.putObject("multiValueHeaders").putArray("Authorization").add("Bearer " + secret);
        return json(AuthorizeFunction.class, AuthorizeFunction::new, event);
    }

    public Answer issueKey(String account) {
        return json(
                IssueApiKeyFunction.class,
                IssueApiKeyFunction::new,
                JSON.createObjectNode()
                        .put("account", account)
                        .put("livemode", false)
                        .put("scope", "read_write"));
    }

    public Answer revokeKey(String id) {
        return json(
                RevokeApiKeyFunction.class,
                RevokeApiKeyFunction::new,
                JSON.createObjectNode().put("id", id));
    }

    public Answer listKeys(String account) {
        return json(
                ListApiKeysFunction.class,
                ListApiKeysFunction::new,
                JSON.createObjectNode().put("account", account));
    }

    private <T extends RequestStreamHandler> Answer http(
            Class<T> type, Function<Map<String, String>, T> make, Request request) {
        Answer answer = invoke(handler(type, make), event(request));
        var headers = new LinkedHashMap<String, String>();
        answer.body()
                .path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        answer.body()
                .path("multiValueHeaders")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().path(0).asText()));
        return new Answer(
                answer.body().path("statusCode").asInt(),
                headers,
                read(answer.body().path("body").asText("")),
                answer.failure());
    }

    private <T extends RequestStreamHandler> Answer json(
            Class<T> type, Function<Map<String, String>, T> make, ObjectNode input) {
        return invoke(handler(type, make), input);
    }

    private <T extends RequestStreamHandler> RequestStreamHandler handler(
            Class<T> type, Function<Map<String, String>, T> make) {
        return handlers.computeIfAbsent(type, _ -> make.apply(environment));
    }

    private static Answer invoke(RequestStreamHandler handler, ObjectNode event) {
        var out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, new TestContext());
            return new Answer(200, Map.of(), JSON.readTree(out.toByteArray()), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            return new Answer(0, Map.of(), JSON.missingNode(), Optional.of(e));
        }
    }

    private static ObjectNode event(Request request) {
        ObjectNode event = JSON.createObjectNode();
        String path = request.id().isEmpty() ? PATH : PATH + "/" + request.id();
        event.put("path", path);
        if (!request.id().isEmpty()) {
            event.putObject("pathParameters").put("id", request.id());
        }
        ObjectNode headers = event.putObject("multiValueHeaders");
        request.headers().forEach((name, value) -> headers.putArray(name).add(value));
        ObjectNode query = event.putObject("multiValueQueryStringParameters");
        request.query().forEach((name, value) -> query.putArray(name).add(value));
        event.put("body", request.body().isEmpty() ? null : request.body());
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", UUID.randomUUID().toString()).put("path", "/v1" + path);
        context.putObject("authorizer")
                .put("account", request.account())
                .put("livemode", "false")
                .put("scope", "read_write")
                .put("key_id", "key_0000000000000000");
        return event;
    }

    private static JsonNode read(String json) {
        try {
            return json.isEmpty() ? JSON.missingNode() : JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
