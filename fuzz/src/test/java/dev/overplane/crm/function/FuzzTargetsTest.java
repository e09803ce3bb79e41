package dev.overplane.crm.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.http.ApiException;
import dev.overplane.crm.http.ETag;
import dev.overplane.crm.http.HttpRequest;
import dev.overplane.crm.http.Query;
import dev.overplane.crm.json.Json;
import dev.overplane.crm.json.MalformedJsonException;
import dev.overplane.crm.key.ApiKey;
import dev.overplane.crm.segment.IdempotencyKey;
import dev.overplane.crm.segment.NameChange;
import dev.overplane.crm.segment.SegmentId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whatever a client sends is understood, or refused by the contract's own error. Coverage-guided: an ordinary
/// run replays the inputs in `src/test/resources`; `docs/security.md` has the command that looks for new ones.
class FuzzTargetsTest {

    /// Of each target, when one is fuzzed.
    private static final long EXECUTIONS = 1_000_000;

    private static final Tenant TENANT = new Tenant(new AccountId("acct_1"), false);

    @FuzzTest(maxExecutions = EXECUTIONS)
    void request_event(byte[] input) throws IOException {
        try {
            HttpRequest request = HttpRequest.of(Json.read(new ByteArrayInputStream(input)));
            assertFalse(request.headers().containsKey("authorization"));
            understood(() -> SegmentRequests.noQuery(request));
            understood(() -> SegmentRequests.id(request));
            understood(() -> SegmentRequests.name(request));
            understood(() -> SegmentETags.ifMatch(request));
            understood(() -> request.header("Idempotency-Key"));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            // Not what API Gateway sends.
        }
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void body(byte[] input) {
        understood(() -> {
            Optional<NameChange> change = SegmentRequests.name(request("body", text(input)));
            assertEquals(input.length == 0, change.isEmpty());
        });
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void query(byte[] input) {
        String[] parts = text(input).split("=", 2);
        ObjectNode event = event();
        event.putObject("multiValueQueryStringParameters").putArray(parts[0]).add(parts.length > 1 ? parts[1] : "");
        understood(() -> {
            var query = Query.read(HttpRequest.of(event), Set.of("limit", "offset", "starting_after"));
            query.integer("limit", 1, 100).ifPresent(limit -> assertTrue(limit >= 1 && limit <= 100));
            query.integer("offset", 0, Integer.MAX_VALUE).ifPresent(offset -> assertTrue(offset >= 0));
        });
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void id(byte[] input) {
        SegmentId.parse(text(input)).ifPresent(id -> assertEquals(text(input), id.value()));
        IdempotencyKey.parse(text(input)).ifPresent(key -> assertEquals(text(input), key.value()));
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void cursor(byte[] input) {
        SegmentId.parse(text(input)).ifPresent(id -> {
            assertTrue(id.position().page() >= 0);
            assertTrue(id.value().startsWith(SegmentId.pagePrefix(id.position().page())));
            id.issuedTo(TENANT);
        });
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void key(byte[] input) {
        ApiKey.parse(text(input)).ifPresent(key -> {
            assertEquals(text(input), key.reveal());
            assertFalse(key.toString().contains(key.reveal()));
        });
    }

    /// What is read is written and read again as the same.
    @FuzzTest(maxExecutions = EXECUTIONS)
    void etag(byte[] input) {
        String header = new String(input, ISO_8859_1);
        Optional<List<ETag>> tags = ETag.parseList(header);
        assertEquals(
                tags,
                tags.flatMap(
                        list -> ETag.parseList(list.stream().map(ETag::toString).collect(Collectors.joining(" , ")))));
        ObjectNode event = event();
        event.putObject("multiValueHeaders").putArray("If-Match").add(header);
        understood(() -> SegmentETags.ifMatch(HttpRequest.of(event)));
        event.putObject("multiValueHeaders").putArray("If-None-Match").add(header);
        SegmentETags.ifNoneMatch(HttpRequest.of(event), 1);
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void authorizer_event(byte[] input) throws IOException {
        try {
            AuthorizerRequest request = AuthorizerRequest.of(Json.read(new ByteArrayInputStream(input)));
            String api = request.api();
            assertTrue(api.startsWith("arn:") && api.endsWith("/*"), api);
        } catch (MalformedJsonException | IllegalArgumentException e) {
            // Not what API Gateway sends.
        }
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void key_function_input(byte[] input) throws IOException {
        try {
            JsonNode json = Json.read(new ByteArrayInputStream(input));
            refused(() -> KeyRequests.issue(json, Instant.EPOCH));
            refused(() -> KeyRequests.rotate(json, Instant.EPOCH));
            refused(() -> KeyRequests.revoke(json));
            refused(() -> KeyRequests.list(json));
        } catch (MalformedJsonException e) {
            // Not JSON.
        }
    }

    /// What DynamoDB's stream says of an item that anybody may have written. Input is a record in Lambda's form.
    @FuzzTest(maxExecutions = EXECUTIONS)
    void stream_record(byte[] input) throws IOException {
        try {
            ChangeRecords.event(StreamRecords.of(Json.read(new ByteArrayInputStream(input))))
                    .map(ChangeEvent::toBusEvent)
                    .ifPresent(event -> assertTrue(event.detail().startsWith("{\"id\":\"evt_"), event::detail));
        } catch (MalformedJsonException e) {
            // Not JSON.
        } catch (MalformedRecordException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("no "));
        }
    }

    private static void understood(Runnable work) {
        try {
            work.run();
        } catch (ApiException e) {
            assertTrue(e.code().status() < 500, () -> e.code() + ": a client's fault is not ours");
            assertFalse(e.getMessage().contains("Exception"));
        }
    }

    private static void refused(Runnable work) {
        try {
            work.run();
        } catch (InvalidInputException e) {
            assertTrue(String.valueOf(e.getMessage()).endsWith("."));
        }
    }

    private static String text(byte[] input) {
        return new String(input, UTF_8);
    }

    private static HttpRequest request(String member, String value) {
        return HttpRequest.of(event().put(member, value));
    }

    private static ObjectNode event() {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("resource", "/api/{id}")
                .put("httpMethod", "PATCH");
        ObjectNode context =
                event.putObject("requestContext").put("requestId", "r").put("path", "/v1/api/x");
        context.putObject("authorizer")
                .put("account", "acct_1")
                .put("livemode", "false")
                .put("scope", "read_write")
                .put("key_id", "key_1");
        return event;
    }
}
