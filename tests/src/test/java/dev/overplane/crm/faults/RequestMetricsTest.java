package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.overplane.crm.testing.CapturedOutput;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The metrics that alarms watch, in the log lines from which CloudWatch takes them: each condition is provoked.
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("They change what the whole JVM sees.")
class RequestMetricsTest {

    private final Fixture fixture = Fixture.with(3);
    private final CapturedOutput output = CapturedOutput.start();

    @AfterEach
    void close() {
        output.close();
        fixture.close();
    }

    @Test
    void each_request_counts_for_its_operation_and_for_the_stack() {
        fixture.client().retrieve(fixture.target()).mustBe(200);

        JsonNode directive = line().at("/_aws/CloudWatchMetrics/0");
        assertEquals("MarketSegment", directive.get("Namespace").textValue());
        assertEquals(
                "[[\"Stack\",\"Operation\"],[\"Stack\"]]",
                directive.get("Dimensions").toString());
        assertEquals("RetrieveMarketSegment", line().get("Operation").textValue());
        assertEquals(
                TestTables.environment(TestTables.shared().url()).get("STACK_NAME"),
                line().get("Stack").textValue());
        assertEquals(0, metric("ServerErrors"));
        assertEquals(0, metric("ClientErrors"));
        assertTrue(metric("Duration") >= 0);
        assertEquals("Milliseconds", unit("Duration"));
    }

    @Test
    void a_store_that_is_away_counts_as_unavailable() {
        fixture.proxy().plan(_ -> Fault.serverError());
        fixture.client().retrieve(fixture.target()).mustBe(503);

        assertEquals(1, metric("StoreUnavailable"));
        assertEquals(1, metric("ServerErrors"));
        assertEquals("store_unavailable", line().get("error_code").textValue());
        assertTrue(line().get("attempts").intValue() > 1, output::text);
    }

    @Test
    void transactions_that_met_another_count_each() {
        var left = new AtomicInteger(2);
        fixture.proxy()
                .plan(call -> call.actions() > 0 && left.getAndDecrement() > 0 ? Fault.conflict(call) : Fault.none());
        fixture.client().create();

        assertEquals(2, metric("TransactionConflicts"));
        assertEquals("CreateMarketSegment", line().get("Operation").textValue());
    }

    @Test
    void a_damaged_item_counts_where_it_is_asked_for_and_where_it_is_left_out() {
        TestTables.shared()
                .client()
                .updateItem(update -> update.tableName(TestTables.shared().name("SEGMENTS_TABLE"))
                        .key(Map.of(
                                "tenant", AttributeValue.fromS(fixture.account() + "/test"),
                                "id", AttributeValue.fromS(fixture.target())))
                        .updateExpression("SET updated_at = :text")
                        .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("yesterday"))));

        fixture.client().retrieve(fixture.target()).mustBe(500);
        assertEquals(1, metric("DamagedItems"));
        assertEquals(1, metric("ServerErrors"));

        output.forget();
        fixture.client().list("").mustBe(200);
        assertEquals(1, metric("DamagedItems"));
        assertEquals(0, metric("ServerErrors"));
    }

    @Test
    void an_error_of_the_client_is_none_of_the_server() {
        fixture.client().retrieve("market-segment_none").mustBe(404);

        assertEquals(1, metric("ClientErrors"));
        assertEquals(0, metric("ServerErrors"));
        assertEquals(0, line().get("attempts").intValue());
    }

    @Test
    void the_authorizer_counts_whom_it_refuses_and_that_its_store_is_away() {
        String secret = fixture.key().get("secret").textValue();
        fixture.functions().authorize(secret);
        assertEquals("Authorize", line().get("Operation").textValue());
        assertEquals(0, metric("ClientErrors"));
        assertEquals(fixture.account(), line().get("account").textValue());

        output.forget();
        fixture.functions().authorize("sk_test_unknown");
        assertEquals(1, metric("ClientErrors"));
        assertFalse(line().has("account"));

        output.forget();
        fixture.proxy().plan(_ -> Fault.serverError());
        fixture.functions().authorize(secret);
        assertEquals(1, metric("ServerErrors"));
        assertEquals(1, metric("StoreUnavailable"));
    }

    @Test
    void a_request_is_logged_with_what_it_cost_and_how_often_it_was_tried() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutBefore() : Fault.none());
        fixture.client().retrieve(fixture.target()).mustBe(200);

        assertEquals(2, line().get("attempts").intValue());
        assertEquals(1.0, line().get("capacity_units").doubleValue(), "a strongly consistent read of up to 4 KB");
    }

    @Test
    void an_update_with_an_idempotency_key_is_logged_with_all_that_it_cost() {
        fixture.client()
                .onObject("PATCH", fixture.target())
                .header("Idempotency-Key", "costs")
                .body(Json.named("x"))
                .send()
                .mustBe(200);

        assertEveryCallIsInTheLine();
    }

    @Test
    void an_authorization_is_logged_with_the_record_of_the_key_s_use() {
        fixture.functions().authorize(fixture.key().get("secret").textValue());

        assertEquals(2, line().get("attempts").intValue());
        assertEveryCallIsInTheLine();
    }

    @Test
    void a_delete_that_looks_at_its_group_is_logged_with_that_too() {
        for (int deletes = 1; deletes <= 8; deletes++) {
            String id = fixture.directClient().create().id();
            output.forget();
            fixture.proxy().forget();
            fixture.client().delete(id).mustBe(200);
        }

        assertEquals(2, line().get("attempts").intValue());
        assertEveryCallIsInTheLine();
    }

    private void assertEveryCallIsInTheLine() {
        List<Exchange> exchanges = fixture.proxy().exchanges();
        assertEquals(
                exchanges.stream().mapToDouble(Exchange::units).sum(),
                line().get("capacity_units").doubleValue());
        assertEquals(exchanges.size(), line().get("attempts").intValue());
    }

    @Test
    void what_was_created_is_named_in_the_log_by_the_id_that_its_event_has() {
        String id = fixture.client().create().id();

        assertEquals(id, line().get("id").textValue());
    }

    @Test
    void only_the_first_request_of_a_function_tells_that_it_was_started() {
        fixture.client().retrieve(fixture.target());
        fixture.client().retrieve(fixture.target());

        assertEquals(
                List.of("cold", "warm"),
                lines().stream().map(line -> line.get("start").textValue()).toList());
    }

    private List<JsonNode> lines() {
        return output.jsonLines().stream()
                .filter(line -> line.has("_aws") && line.has("status"))
                .toList();
    }

    private JsonNode line() {
        assertEquals(1, lines().size(), output::text);
        return lines().getFirst();
    }

    /// The value of a metric, which the line must say is one.
    private long metric(String name) {
        unit(name);
        return line().get(name).longValue();
    }

    private String unit(String name) {
        return StreamSupport.stream(
                        line().at("/_aws/CloudWatchMetrics/0/Metrics").spliterator(), false)
                .filter(metric -> metric.get("Name").textValue().equals(name))
                .map(metric -> metric.get("Unit").textValue())
                .findFirst()
                .orElseThrow();
    }
}
