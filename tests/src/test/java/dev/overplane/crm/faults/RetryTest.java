package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.TestTables;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// What is tried again, how, and how long.
@Execution(ExecutionMode.CONCURRENT) // They wait most of the time.
class RetryTest {

    private final Fixture fixture = Fixture.with(2);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_transaction_whose_answer_was_lost_is_sent_again_with_the_same_token() {
        fixture.proxy().plan(call -> call.actions() > 0 && call.attempt() <= 3 ? new Fault.CutAfter() : Fault.none());

        fixture.client().onCollection("POST", "").send().mustBe(201);

        List<String> tokens = bodies("ClientRequestToken");
        assertEquals(4, tokens.size());
        assertEquals(1, tokens.stream().distinct().count());
    }

    /// DynamoDB might repeat its answer to the token of a cancelled transaction.
    @Test
    void a_transaction_that_was_cancelled_is_made_anew_with_another_token() {
        var left = new AtomicInteger(3);
        fixture.proxy()
                .plan(call -> call.actions() > 0 && left.getAndDecrement() > 0 ? Fault.conflict(call) : Fault.none());

        fixture.client().onCollection("POST", "").send().mustBe(201);

        List<String> tokens = bodies("ClientRequestToken");
        assertEquals(4, tokens.size());
        assertEquals(4, tokens.stream().distinct().count());
    }

    /// The first attempt may have done it; only its token tells.
    @Test
    void a_transaction_that_was_cancelled_after_an_answer_was_lost_keeps_its_token() {
        var number = new AtomicInteger();
        fixture.proxy().plan(call -> switch (number.getAndIncrement()) {
            case 0 -> new Fault.CutAfter();
            case 1, 2 -> Fault.conflict(call);
            default -> Fault.none();
        });

        fixture.client().delete(fixture.target()).mustBe(200);

        List<String> tokens = bodies("ClientRequestToken");
        assertEquals(4, tokens.size());
        assertEquals(1, tokens.stream().distinct().count());
    }

    /// DynamoDB settles such a transaction 5 s after its first attempt; the client gets a 503 before that. Its next
    /// request is to DynamoDB another transaction, which meets the one under way, and a later one is answered
    /// from the record.
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE"})
    void a_transaction_that_stays_under_way_is_settled_by_the_same_request_later(String method) {
        ApiRequest request = withKey(method);
        var first = new AtomicBoolean(true);
        fixture.proxy().plan(call -> {
            if (call.actions() == 0 || !call.isWrite()) {
                return Fault.none();
            }
            return first.getAndSet(false) ? new Fault.SilentAfter() : Fault.inProgress();
        });
        request.send().mustBe(ApiError.storeUnavailable());
        fixture.proxy().plan(call -> call.actions() > 0 ? Fault.conflict(call, 0) : Fault.none());
        request.send().mustBe(ApiError.idempotencyKeyInUse());
        fixture.proxy().plan(_ -> Fault.none());

        ApiResponse settled = request.send();
        assertEquals(method.equals("POST") ? 201 : 200, settled.status());
        assertTrue(settled.has("Idempotent-Replayed"));
        fixture.stored().assertSound();
    }

    /// The attempts at a conflict go on until 2.6 of the 3 s, so one more follows, which has less than its own second.
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE"})
    void a_key_is_in_use_though_the_last_attempt_had_no_time_for_an_answer(String method) {
        ApiRequest request = withKey(method);
        long silent = System.nanoTime() + Duration.ofMillis(2_250).toNanos();
        fixture.proxy().plan(call -> {
            if (call.actions() == 0) {
                return Fault.none();
            }
            return System.nanoTime() < silent ? Fault.conflict(call, 0) : new Fault.Silent();
        });

        request.send().mustBe(ApiError.idempotencyKeyInUse());
    }

    /// Not the other request but DynamoDB keeps this one from being settled.
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE"})
    void a_store_that_falls_silent_after_a_conflict_is_unavailable(String method) {
        var first = new AtomicBoolean(true);
        fixture.proxy().plan(call -> {
            if (call.actions() == 0) {
                return Fault.none();
            }
            return first.getAndSet(false) ? Fault.conflict(call, 0) : new Fault.Silent();
        });

        withKey(method).send().mustBe(ApiError.storeUnavailable());
    }

    private ApiRequest withKey(String method) {
        ApiRequest request = switch (method) {
            case "POST" -> fixture.client().post("{}");
            case "PATCH" -> fixture.client().patch(fixture.target(), Json.named("x"));
            default -> fixture.client().onObject(method, fixture.target());
        };
        return request.header("Idempotency-Key", "under-way");
    }

    @Test
    void an_update_is_sent_again_with_the_mark_by_which_it_knows_its_own_work() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        assertEquals(
                200, fixture.client().update(fixture.target(), Json.named("x")).status());

        List<String> marks = fixture.proxy().exchanges().stream()
                .map(exchange -> exchange.call()
                        .body()
                        .path("ExpressionAttributeValues")
                        .path(":writer")
                        .toString())
                .toList();
        assertEquals(2, marks.size());
        assertEquals(1, marks.stream().distinct().count());
    }

    /// The token is good for ten minutes; the object itself tells for ever.
    @Test
    void a_create_whose_answer_and_token_were_lost_knows_its_object_again() {
        fixture.proxy().plan(call -> call.actions() > 0 && call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());
        fixture.proxy().rewriting(WithoutProtection::byTokenAlone);

        String id = fixture.client().onCollection("POST", "").send().mustBe(201).id();

        assertEquals(
                2,
                fixture.proxy().exchanges().stream()
                        .filter(exchange -> exchange.call().actions() > 0)
                        .count());
        assertEquals(3, fixture.stored().objects().size());
        assertTrue(fixture.stored().has(id));
        fixture.stored().assertSound();
    }

    /// The negative twin.
    @Test
    void without_its_condition_on_the_object_such_a_create_is_counted_twice() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());
        fixture.proxy().rewriting(WithoutProtection::byToken);

        fixture.client().onCollection("POST", "").send().mustBe(201);

        assertEquals(4, fixture.stored().total());
    }

    /// Two attempts at the first use up 2 of the 3 s.
    @Test
    void two_slow_calls_in_a_row_share_the_time_of_one_request() {
        fixture.proxy().plan(call -> isIndexRead(call) || call.attempt() <= 2 ? new Fault.Silent() : Fault.none());

        fixture.client().list("?offset=1").mustBe(503);

        List<Integer> attempts = fixture.proxy().exchanges().stream()
                .map(Exchange::call)
                .filter(RetryTest::isIndexRead)
                .map(Call::attempt)
                .toList();
        assertEquals(List.of(1), attempts);
    }

    private static boolean isIndexRead(Call call) {
        return call.label().equals("Query by_created_at");
    }

    @Test
    void a_failed_condition_is_an_answer_and_not_tried_again() {
        fixture.client().delete(fixture.target());
        fixture.proxy().forget();

        fixture.client().delete(fixture.target()).mustBe(404);
        assertEquals(1, fixture.proxy().exchanges().size());
    }

    @Test
    void a_failed_condition_is_an_answer_even_if_another_action_met_a_transaction() {
        fixture.proxy().plan(_ -> Fault.cancelled("ConditionalCheckFailed", "TransactionConflict"));

        fixture.client().delete(fixture.target()).mustBe(404);
        assertEquals(1, fixture.proxy().exchanges().size());
    }

    /// The object is gone, and the record that says why is held by the very transaction that has deleted it.
    @Test
    void a_failed_condition_is_no_answer_while_the_record_of_the_key_cannot_be_looked_at() {
        delete("k").mustBe(200);
        var hindered = new AtomicInteger(2);
        fixture.proxy()
                .plan(_ -> hindered.getAndDecrement() > 0
                        ? Fault.cancelled("TransactionConflict", "ConditionalCheckFailed", "None")
                        : Fault.none());

        assertEquals("true", delete("k").mustBe(200).header("Idempotent-Replayed"));
        hindered.set(2);
        delete("another").mustBe(404);
    }

    private ApiResponse delete(String key) {
        return fixture.client()
                .onObject("DELETE", fixture.target())
                .header("Idempotency-Key", key)
                .send();
    }

    /// Six attempts take 0.4 s on average; the SDK by itself would make three.
    @Test
    void no_number_of_attempts_but_the_deadline_ends_them() {
        fixture.proxy().plan(Fault::conflict);

        fixture.client().delete(fixture.target()).mustBe(503);

        assertTrue(fixture.proxy().exchanges().size() > 5);
    }

    @Test
    void an_attempt_without_answer_is_given_up_after_one_second() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.Silent() : Fault.none());
        long start = System.nanoTime();

        fixture.client().retrieve(fixture.target()).mustBe(200);

        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(elapsed.compareTo(Duration.ofSeconds(1)) >= 0, "answered after " + elapsed);
        assertEquals(2, fixture.proxy().exchanges().size());
    }

    @Test
    void nothing_is_tried_past_the_deadline() {
        fixture.proxy().plan(_ -> new Fault.Silent());

        Exception e = assertThrows(StoreUnavailableException.class, () -> describe(Duration.ofMillis(300)));

        assertInstanceOf(ApiCallTimeoutException.class, e.getCause(), "not the first attempt's own second");
        assertEquals(1, fixture.proxy().exchanges().size());
    }

    @Test
    void nothing_is_sent_when_no_time_is_left() {
        assertThrows(StoreUnavailableException.class, () -> describe(Duration.ZERO));
        assertEquals(List.of(), fixture.proxy().exchanges());
    }

    /// The SDK's own quota of retries would be used up by then, and stay so for a hundred good calls.
    @Test
    void an_instance_that_has_seen_an_outage_still_retries() {
        fixture.proxy().plan(_ -> Fault.serverError());
        List<ApiResponse> refused = IntStream.range(0, 16)
                .parallel()
                .mapToObj(_ -> fixture.client().retrieve(fixture.target()))
                .toList();
        assertTrue(refused.stream().allMatch(response -> response.status() == 503));
        fixture.proxy().plan(call -> call.attempt() <= 2 ? Fault.throttled(call) : Fault.none());

        fixture.client().retrieve(fixture.target()).mustBe(200);
    }

    private Object describe(Duration limit) {
        var dynamoDb = new DynamoDb(
                DynamoDbClients.of(TestTables.environment(fixture.proxy().url())));
        return dynamoDb.call(
                Deadline.in(limit),
                (client, limits) -> client.describeTable(describe -> describe.overrideConfiguration(limits)
                        .tableName(TestTables.shared().name("SEGMENTS_TABLE"))));
    }

    private List<String> bodies(String member) {
        return fixture.proxy().exchanges().stream()
                .map(Exchange::call)
                .filter(call -> call.body().has(member))
                .map(call -> call.body().path(member).asText())
                .toList();
    }
}
