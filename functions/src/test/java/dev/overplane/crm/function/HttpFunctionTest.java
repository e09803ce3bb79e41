package dev.overplane.crm.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Scope;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.HttpResponse;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.log.CapturedLog;
import dev.overplane.crm.segment.SegmentId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What every operation does around its own work, and what it logs.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpFunctionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY = "sk_test_000000000000000000000000000000000000000000004k6zQ2";
    private static final String ID = SegmentId.PREFIX + "0".repeat(36);

    private static final Deadline PAST = Deadline.in(Duration.ZERO);
    private static final DynamoDb NO_STORE = new DynamoDb(new DynamoDbClient() {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    });

    @AutoClose
    private final CapturedLog log = CapturedLog.start();

    private static final class Operation extends HttpFunction<Tenant> {

        private final BiFunction<HttpRequest, Tenant, HttpResponse> work;

        private Operation(Scope required, Function<HttpRequest, HttpResponse> work) {
            this(required, (request, _) -> work.apply(request));
        }

        private Operation(Scope required, BiFunction<HttpRequest, Tenant, HttpResponse> work) {
            super(
                    required,
                    new RequestLog("a-stack", "Operation", true),
                    () -> NOW,
                    "/docs/errors",
                    Function.identity());
            this.work = work;
        }

        @Override
        HttpResponse handle(HttpRequest request, Tenant tenant, Deadline deadline) {
            return work.apply(request, tenant);
        }
    }

    private static HttpResponse ok(HttpRequest request) {
        return HttpResponse.of(200, json -> json.writeString("done"));
    }

    /// An event with a key in each place where a client might paste one by mistake.
    private static ObjectNode event() {
        return (ObjectNode) json("""
                {"resource": "/api/crm/market-segment/{id}", "httpMethod": "PATCH",
                 "path": "/api/crm/market-segment/KEY",
                 "pathParameters": {"id": "KEY"},
                 "multiValueQueryStringParameters": {"KEY": ["KEY"]},
                 "multiValueHeaders": {"Authorization": ["Bearer KEY"], "X-Api-Key": ["KEY"]},
                 "body": "{\\"KEY\\":\\"KEY\\"}", "isBase64Encoded": false,
                 "requestContext": {"requestId": "r-1", "path": "/v1/api/crm/market-segment/KEY",
                   "authorizer": {
                     "account": "acct_1", "livemode": "true", "scope": "read_write", "key_id": "key_0000000000000000"}}}
                """.replace("KEY", KEY));
    }

    private static ObjectNode authorizer(ObjectNode event) {
        return (ObjectNode) event.get("requestContext").get("authorizer");
    }

    private static JsonNode json(String text) {
        try {
            return Json.ofDepth(10).read(text);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static JsonNode answer(HttpFunction<?> function, String event) throws IOException {
        var out = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, new LambdaContext("lambda-1"));
        return json(out.toString(UTF_8));
    }

    private static JsonNode error(JsonNode answer) {
        return json(answer.get("body").textValue()).get("error");
    }

    private JsonNode logLine() {
        String text = log.text();
        assertEquals(1, text.lines().count(), text);
        return json(text);
    }

    @Test
    void a_request_is_logged_by_its_route_and_by_nothing_that_the_client_wrote() throws IOException {
        answer(new Operation(Scope.READ_WRITE, HttpFunctionTest::ok), event().toString());
        JsonNode line = logLine();
        assertEquals("request", line.get("event").textValue());
        assertEquals("r-1", line.get("request_id").textValue());
        assertEquals("lambda-1", line.get("lambda_request_id").textValue());
        assertEquals("key_0000000000000000", line.get("key_id").textValue());
        assertEquals("acct_1", line.get("account").textValue());
        assertTrue(line.get("livemode").booleanValue());
        assertEquals("PATCH", line.get("method").textValue());
        assertEquals("/v1/api/crm/market-segment/{id}", line.get("path").textValue());
        assertEquals("200", line.get("status").asText());
        assertFalse(line.has("id"), "what stands in the place of the id does not have its form");
        assertFalse(log.text().contains(KEY.substring(8)));
    }

    @Test
    void a_request_is_logged_with_the_id_of_its_object() throws IOException {
        ObjectNode event = event();
        event.putObject("pathParameters").put("id", ID);
        answer(new Operation(Scope.READ_WRITE, HttpFunctionTest::ok), event.toString());
        assertEquals(ID, logLine().get("id").textValue());
    }

    @Test
    void a_request_is_logged_with_the_id_of_the_object_that_it_has_created() throws IOException {
        answer(
                new Operation(
                        Scope.READ_WRITE, request -> ok(request).withHeader("Location", request.path() + "/" + ID)),
                event().toString());
        assertEquals(ID, logLine().get("id").textValue());
    }

    @Test
    void an_operation_gets_the_segments_of_the_tenant_whose_key_it_is() throws IOException {
        var opened = new ArrayList<Tenant>();
        answer(
                new Operation(Scope.READ_WRITE, (request, tenant) -> {
                    opened.add(tenant);
                    return ok(request);
                }),
                event().toString());
        assertEquals(List.of(new Tenant(new AccountId("acct_1"), true)), opened);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T00:00:01Z, 200", "2026-01-01T00:00:00Z, 401", "2025-12-31T23:59:59Z, 401"})
    void a_key_is_refused_from_the_second_on_at_which_it_expires(Instant expiresAt, int status) throws IOException {
        ObjectNode event = event();
        authorizer(event).put("expires_at", Long.toString(expiresAt.getEpochSecond()));
        JsonNode answer = answer(new Operation(Scope.READ_ONLY, HttpFunctionTest::ok), event.toString());
        assertEquals(Integer.toString(status), answer.get("statusCode").asText());
        if (status == 401) {
            assertInvalidKey(answer);
        }
    }

    @Test
    void a_request_with_several_keys_is_refused_whatever_the_gateway_made_of_them() throws IOException {
        ObjectNode event = event();
        event.withArray("/multiValueHeaders/Authorization").add("Bearer " + KEY);
        assertInvalidKey(answer(new Operation(Scope.READ_ONLY, HttpFunctionTest::ok), event.toString()));
    }

    private static void assertInvalidKey(JsonNode answer) {
        assertEquals("401", answer.get("statusCode").asText());
        assertEquals("Bearer", answer.at("/headers/WWW-Authenticate").textValue());
        assertEquals("authentication_error", error(answer).get("type").textValue());
        assertEquals("api_key_invalid", error(answer).get("code").textValue());
    }

    @Test
    void a_key_that_may_only_read_is_refused_where_something_is_written() throws IOException {
        ObjectNode event = event();
        authorizer(event).put("scope", "read_only");
        JsonNode refused = answer(new Operation(Scope.READ_WRITE, HttpFunctionTest::ok), event.toString());
        assertEquals("api_key_read_only", error(refused).get("code").textValue());
        JsonNode allowed = answer(new Operation(Scope.READ_ONLY, HttpFunctionTest::ok), event.toString());
        assertEquals("200", allowed.get("statusCode").asText());
    }

    @Test
    void an_error_of_the_client_is_answered_as_it_stands() throws IOException {
        JsonNode answer = answer(
                new Operation(Scope.READ_ONLY, _ -> {
                    throw ApiException.invalid("limit", "Less.");
                }),
                event().toString());
        assertEquals("400", answer.get("statusCode").asText());
        assertEquals("r-1", error(answer).get("request_id").textValue());
        assertEquals("400", logLine().get("status").asText());
    }

    @Test
    void a_store_that_is_away_is_a_503_to_try_again_after() throws IOException {
        JsonNode answer = answer(
                new Operation(Scope.READ_ONLY, request -> NO_STORE.call(PAST, (_, _) -> ok(request))),
                event().toString());
        assertEquals("503", answer.get("statusCode").asText());
        assertEquals("1", answer.at("/headers/Retry-After").textValue());
        assertFailed(answer, "store_unavailable", "r-1");
    }

    @Test
    void a_fault_of_ours_is_a_500_that_shows_nothing_of_it() throws IOException {
        JsonNode answer = answer(
                new Operation(Scope.READ_ONLY, _ -> {
                    throw new NumberFormatException("For input string: " + KEY);
                }),
                event().toString());
        assertEquals("500", answer.get("statusCode").asText());
        assertFailed(answer, "internal_error", "r-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"body\":\"sk_test_secret\"}", "{\"a\":sk_test_secret}"})
    void an_event_that_cannot_be_read_is_a_500_with_the_request_id_of_lambda(String event) throws IOException {
        JsonNode answer = answer(new Operation(Scope.READ_ONLY, HttpFunctionTest::ok), event);
        assertEquals("500", answer.get("statusCode").asText());
        assertFailed(answer, "internal_error", "lambda-1");
        JsonNode line = json(log.text().lines().toList().getLast());
        assertEquals("request", line.get("event").textValue());
        assertEquals("lambda-1", line.get("request_id").textValue());
    }

    /// The envelope and the log have the request id; the log tells the exception, and neither tells a secret.
    private void assertFailed(JsonNode answer, String code, String requestId) {
        JsonNode error = error(answer);
        assertEquals("api_error", error.get("type").textValue());
        assertEquals(code, error.get("code").textValue());
        assertEquals(requestId, error.get("request_id").textValue());
        assertEquals(requestId, answer.at("/headers/Request-Id").textValue());
        assertFalse(error.get("message").textValue().contains("Exception"));
        JsonNode line = json(log.text().lines().findFirst().orElseThrow());
        assertEquals("ERROR", line.get("level").textValue());
        assertEquals(code, line.get("event").textValue());
        assertEquals(requestId, line.get("request_id").textValue());
        assertTrue(line.get("exception").textValue().contains("Exception"));
        assertFalse(log.text().contains("secret") || log.text().contains(KEY.substring(8)));
    }
}
