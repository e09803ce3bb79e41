package dev.overplane.crm.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.CapturedOutput;
import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.TestStack;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.Invocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ResourceLock(value = VerifyCountsTest.ACCOUNTS, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class VerifyCountsTest {

    /// What one test verifies all of, and the others each their own.
    static final String ACCOUNTS = "accounts";

    private static TestStack stack;
    private static TestTables tables;
    private static final AtomicInteger TAMPERED = new AtomicInteger();

    @BeforeAll
    static void start() {
        stack = TestStack.startSeparately();
        tables = TestTables.on(stack.dynamoDb());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /// Changes something behind the product's back.
    @FunctionalInterface
    interface Tampering {

        /// @param ids three objects that exist, and one that is deleted
        void with(String tenant, List<String> ids, Map<String, AttributeValue> deleted);
    }

    static Stream<Arguments> tamperings() {
        return Stream.of(
                of("an object removed", (tenant, ids, _) -> delete(key(tenant, ids.getFirst()))),
                of("an object put back", (_, _, deleted) -> put(deleted)),
                of("an object moved", (tenant, ids, _) -> set(key(tenant, ids.getFirst()), "page", 7)),
                of("creations too few", (tenant, _, _) -> set(key(tenant, "#"), "c", 2)),
                of("creations too many", (tenant, _, _) -> set(key(tenant, "#"), "c", 9)),
                of("deletions changed", (tenant, _, _) -> set(key(tenant, "#p000"), "n", 3)),
                of("deletions lost", (tenant, _, _) -> delete(key(tenant, "#p000"))));
    }

    private static Arguments of(String what, Tampering tampering) {
        return Arguments.of(what, tampering);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void what_was_tampered_with_is_reported_and_repaired(String what, Tampering tampering) {
        String account = "acct_tampered" + TAMPERED.incrementAndGet();
        String tenant = account + "/test";
        var client = client(account);
        var ids = IntStream.range(0, 4).mapToObj(_ -> client.create().id()).toList();
        var deleted = get(key(tenant, ids.getLast()));
        client.delete(ids.getLast()).mustBe(200);
        assertResult(0, verify(account));

        tampering.with(tenant, ids.subList(0, 3), deleted);
        var result = verify(account);
        assertTrue(result.get("drifted").intValue() > 0, result::toString);
        assertEquals(result.get("drifted"), result.get("repaired"), result::toString);
        assertEquals(1, result.get("drifted").intValue(), result::toString);
        assertResult(0, verify(account));
        var listing = client.list("").mustBe(200).json();
        assertEquals(listing.get("data").size(), listing.get("total").intValue());
    }

    private static void assertResult(int drifted, JsonNode result) {
        assertEquals(2, result.get("tenants").intValue(), result::toString);
        assertEquals(drifted, result.get("drifted").intValue(), result::toString);
        assertTrue(result.get("complete").booleanValue(), result::toString);
    }

    @Test
    @ResourceLock(ACCOUNTS)
    void drift_is_reported_as_a_metric() {
        client("acct_metrics").create();
        delete(key("acct_metrics/test", client("acct_metrics").create().id()));
        try (var output = CapturedOutput.start()) {
            assertResult(1, verify("acct_metrics"));
            var lines = output.lines().stream()
                    .filter(line -> line.contains("\"drifted\":1,"))
                    .toList();
            assertEquals(1, lines.size(), output::text);
            assertTrue(
                    lines.getFirst().contains("\"Namespace\":\"MarketSegment\",\"Dimensions\":[[\"Stack\"]]"),
                    lines::toString);
        }
    }

    @Test
    @ResourceLock(ACCOUNTS)
    void the_schedule_verifies_every_account_that_has_a_key() {
        for (int i = 0; i < 3; i++) {
            client("acct_scheduled" + i).create();
        }
        delete(key("acct_scheduled1/test", client("acct_scheduled1").create().id()));
        var first = invoke("{}").result();
        assertTrue(first.get("tenants").intValue() >= 6, first::toString);
        assertTrue(first.get("checked").intValue() >= 3, first::toString);
        assertEquals(1, first.get("drifted").intValue(), first::toString);
        assertEquals(1, first.get("repaired").intValue(), first::toString);
        var second = invoke("{}").result();
        assertEquals(0, second.get("drifted").intValue(), second::toString);
        assertEquals(first.get("tenants"), second.get("tenants"));
    }

    @Test
    void writers_at_the_same_time_are_no_drift() {
        int writers = 8;
        // Longer on demand: CONTRIBUTING.md has the command.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("writingSeconds", 0));
        var kept = new AtomicInteger();
        var client = client("acct_busy");
        var running = new AtomicInteger(writers);
        Concurrently.run(writers + 1, number -> {
            if (number < writers) {
                try {
                    for (int i = 0; i < 25 || System.nanoTime() < end; i++) {
                        var id = client.create().id();
                        if (i % 2 == 0) {
                            client.delete(id).mustBe(200);
                        } else {
                            kept.incrementAndGet();
                        }
                    }
                } finally {
                    running.decrementAndGet();
                }
            } else {
                while (running.get() > 0) {
                    assertEquals(0, verify("acct_busy").get("drifted").intValue());
                }
            }
            return number;
        });
        assertResult(0, verify("acct_busy"));
        assertEquals(kept.get(), client.list("").mustBe(200).json().get("total").intValue());
    }

    @Test
    void an_account_of_another_form_is_an_error() {
        var invocation = invoke("{\"detail\":{\"account\":\"x\"}}");
        assertTrue(invocation.error().isPresent());
        assertEquals(
                "detail.account must be acct_ and 1 to 64 letters and digits.",
                invocation.json().get("errorMessage").textValue());
    }

    private static ApiClient client(String account) {
        return stack.client(stack.keys().issue(account, false, "read_write"));
    }

    private static JsonNode verify(String account) {
        return invoke("{\"detail\":{\"account\":\"" + account + "\"}}").result();
    }

    private static Invocation invoke(String event) {
        return stack.lambda().invoke("VerifyCountsFunction", event);
    }

    private static Map<String, AttributeValue> key(String tenant, String id) {
        return Map.of("tenant", AttributeValue.fromS(tenant), "id", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
        return new HashMap<>(tables.client()
                .getItem(get -> get.tableName(table()).key(key).consistentRead(true))
                .item());
    }

    private static void put(Map<String, AttributeValue> item) {
        tables.client().putItem(put -> put.tableName(table()).item(item));
    }

    private static void delete(Map<String, AttributeValue> key) {
        tables.client().deleteItem(delete -> delete.tableName(table()).key(key));
    }

    private static void set(Map<String, AttributeValue> key, String attribute, long value) {
        tables.client()
                .updateItem(update -> update.tableName(table())
                        .key(key)
                        .updateExpression("SET #attribute = :value")
                        .expressionAttributeNames(Map.of("#attribute", attribute))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromN(Long.toString(value)))));
    }

    private static String table() {
        return tables.name("SEGMENTS_TABLE");
    }
}
