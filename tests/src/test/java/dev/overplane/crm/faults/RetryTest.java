package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.dynamodb.DynamoDb;
import dev.overplane.crm.dynamodb.DynamoDbClients;
import dev.overplane.crm.dynamodb.StoreUnavailableException;
import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.Exchange;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.TestStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is tried again, how, and how long.
class RetryTest {

    private final Site site = Site.with(2);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void aTransactionThatMetAnotherOneIsSentAgainWithTheSameToken() {
        site.proxy().plan(call -> call.actions() > 0 && call.attempt() <= 3 ? Fault.conflict(call) : Fault.none());

        assertEquals(201, site.functions().create(site.request()).status());

        List<String> tokens = bodies("ClientRequestToken");
        assertEquals(4, tokens.size());
        assertEquals(1, tokens.stream().distinct().count());
    }

    @Test
    void anUpdateIsSentAgainWithTheMarkByWhichItKnowsItsOwnWork() {
        site.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        assertEquals(
                200,
                site.functions()
                        .update(site.request().id(site.target()).body("{\"market_segment\":\"x\"}"))
                        .status());

        List<String> marks = site.proxy().exchanges().stream()
                .map(exchange -> exchange.call()
                        .body()
                        .path("ExpressionAttributeValues")
                        .path(":writer")
                        .toString())
                .toList();
        assertEquals(2, marks.size());
        assertEquals(1, marks.stream().distinct().count());
    }

    @Test
    void aFailedConditionIsAnAnswerAndNotTriedAgain() {
        site.functions().delete(site.request().id(site.target()));
        site.proxy().forget();

        assertEquals(
                404, site.functions().delete(site.request().id(site.target())).status());
        assertEquals(1, site.proxy().exchanges().size());
    }

    @Test
    void aFailedConditionIsAnAnswerEvenIfAnotherActionMetATransaction() {
        site.proxy().plan(_ -> Fault.cancelled("ConditionalCheckFailed", "TransactionConflict"));

        assertEquals(
                404, site.functions().delete(site.request().id(site.target())).status());
        assertEquals(1, site.proxy().exchanges().size());
    }

    /// Ten attempts take 1.2 s on average.
    @Test
    void noNumberOfAttemptsButTheDeadlineEndsThem() {
        site.proxy().plan(Fault::conflict);
        long start = System.nanoTime();

        Answer answer = site.functions().delete(site.request().id(site.target()));

        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(503, answer.status());
        assertTrue(elapsed.compareTo(Duration.ofSeconds(2)) > 0, "answered after " + elapsed);
        assertTrue(elapsed.compareTo(Duration.ofSeconds(4)) < 0, "answered after " + elapsed);
    }

    @Test
    void anAttemptWithoutAnswerIsGivenUpAfterOneSecond() {
        site.proxy().plan(call -> call.attempt() == 1 ? new Fault.Silent() : Fault.none());
        long start = System.nanoTime();

        assertEquals(
                200, site.functions().retrieve(site.request().id(site.target())).status());

        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(elapsed.compareTo(Duration.ofSeconds(1)) >= 0, "answered after " + elapsed);
        assertEquals(2, site.proxy().exchanges().size());
    }

    @Test
    void nothingIsTriedPastTheDeadline() {
        site.proxy().plan(_ -> new Fault.Silent());
        long start = System.nanoTime();

        assertThrows(StoreUnavailableException.class, () -> describe(Deadline.in(Duration.ofMillis(300))));

        assertTrue(
                System.nanoTime() - start < Duration.ofSeconds(1).toNanos(),
                "before the first attempt's own second is over");
        assertEquals(1, site.proxy().exchanges().size());
    }

    @Test
    void nothingIsSentWhenNoTimeIsLeft() {
        assertThrows(StoreUnavailableException.class, () -> describe(Deadline.in(Duration.ZERO)));
        assertEquals(List.of(), site.proxy().exchanges());
    }

    /// The SDK's own quota of retries would be used up by then, and stay so for a hundred good calls.
    @Test
    void anInstanceThatHasSeenAnOutageStillRetries() {
        site.proxy().plan(_ -> Fault.serverError());
        List<Answer> refused = IntStream.range(0, 16)
                .parallel()
                .mapToObj(_ -> site.functions().retrieve(site.request().id(site.target())))
                .toList();
        assertTrue(refused.stream().allMatch(answer -> answer.status() == 503));
        site.proxy().plan(call -> call.attempt() <= 2 ? Fault.throttled(call) : Fault.none());

        assertEquals(
                200, site.functions().retrieve(site.request().id(site.target())).status());
    }

    private Object describe(Deadline deadline) {
        var dynamoDb = new DynamoDb(
                DynamoDbClients.of(TestStore.environment(site.proxy().url())));
        return dynamoDb.call(
                deadline,
                (client, limits) -> client.describeTable(describe ->
                        describe.overrideConfiguration(limits).tableName(TestStore.table("SEGMENTS_TABLE"))));
    }

    private List<String> bodies(String member) {
        return site.proxy().exchanges().stream()
                .map(Exchange::call)
                .filter(call -> call.body().has(member))
                .map(call -> call.body().path(member).asText())
                .toList();
    }
}
