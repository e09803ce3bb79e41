package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.FaultProxy;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Invocation;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One version of an object, many changes at once, each with `If-Match`.
@Execution(ExecutionMode.SAME_THREAD) // Many at once as it is, each with a time limit.
@Isolated("Who else keeps the processor busy may undo a race.")
class OneWinnerTest {

    private static final int REQUESTS = 16;

    private final Fixture fixture = Fixture.with(2);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void of_many_updates_of_one_version_one_wins() {
        List<ApiResponse> responses = updates();

        ApiResponse winner = winner(responses);
        assertEquals(2, fixture.stored().version(fixture.target()));
        assertEquals(
                winner.json().path("market_segment").asText(), fixture.stored().name(fixture.target()));
    }

    @Test
    void the_winner_hears_that_it_won_though_its_first_answer_was_lost() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        winner(updates());

        assertEquals(2, fixture.stored().version(fixture.target()));
    }

    @Test
    void of_many_deletes_of_one_object_one_wins() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        List<ApiResponse> responses =
                Concurrently.run(REQUESTS, _ -> fixture.client().delete(fixture.target()));

        assertEquals(
                1,
                responses.stream().filter(response -> response.status() == 200).count());
        assertEquals(
                REQUESTS - 1,
                responses.stream().filter(response -> response.status() == 404).count());
        fixture.stored().assertSound();
    }

    @Test
    void of_many_rotations_of_one_key_one_wins() {
        assertEquals(1, rotations().stream().filter(Invocation::isSuccess).count());
        assertEquals(2, keys());
    }

    /// The negative twin.
    @Test
    void without_the_condition_on_its_successor_a_key_gets_many() {
        fixture.proxy().rewriting(WithoutProtection::bySuccessor);
        fixture.proxy().plan(heldUntil(2));

        assertTrue(rotations().stream().filter(Invocation::isSuccess).count() > 1);
        assertTrue(keys() > 2);
    }

    /// Holds writes until that many are there. So each of those has read before any is done.
    private static FaultProxy.Plan heldUntil(int writes) {
        var awaited = new CountDownLatch(writes);
        return call -> {
            if (call.isWrite()) {
                awaited.countDown();
                try {
                    awaited.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return Fault.none();
        };
    }

    private List<Invocation> rotations() {
        String id = fixture.key().path("id").asText();
        fixture.functions().keys().list(fixture.account());
        return Concurrently.run(REQUESTS, _ -> fixture.functions().keys().tryRotate(id));
    }

    private int keys() {
        return Fixture.direct().keys().list(fixture.account()).path("data").size();
    }

    @Test
    void an_update_of_an_object_that_another_clock_has_changed_later_does_not_run_time_backwards() {
        Instant ahead = changedAnHourAhead();

        Segment updated = fixture.client()
                .update(fixture.target(), Json.named("x"))
                .mustBe(200)
                .segment();

        assertEquals(ahead, updated.updatedAt());
        assertEquals(List.of("UpdateItem", "UpdateItem"), labels());
    }

    /// The update is sent twice, for its clock is behind; somebody else's comes in between.
    @Test
    void an_update_that_is_repeated_for_its_clock_still_asks_for_its_version() {
        changedAnHourAhead();
        fixture.proxy().plan(call -> {
            if (labels().size() == 1) {
                fixture.directClient()
                        .update(fixture.target(), Json.named("theirs"))
                        .mustBe(200);
            }
            return Fault.none();
        });

        update(1).mustBe(412);

        assertEquals("theirs", fixture.stored().name(fixture.target()));
    }

    private List<String> labels() {
        return fixture.proxy().calls().stream().map(Call::label).toList();
    }

    private Instant changedAnHourAhead() {
        Instant ahead = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        var item = new HashMap<>(fixture.stored().objects().get(fixture.target()));
        item.put("updated_at", AttributeValue.fromN(Long.toString(ahead.getEpochSecond() * 1_000_000)));
        SegmentItems.put(item);
        return ahead;
    }

    /// The negative twin.
    @Test
    void without_the_condition_on_the_version_all_win() {
        fixture.proxy().rewriting(WithoutProtection::byVersion);

        updates().forEach(response -> response.mustBe(200));
    }

    /// The negative twin.
    @Test
    void without_its_mark_an_update_whose_answer_was_lost_happens_twice() {
        fixture.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());
        fixture.proxy().rewriting(WithoutProtection::byMark);

        fixture.client().update(fixture.target(), Json.named("x"));

        assertEquals(3, fixture.stored().version(fixture.target()));
    }

    private List<ApiResponse> updates() {
        return Concurrently.run(REQUESTS, this::update);
    }

    private ApiResponse update(int number) {
        return fixture.client()
                .patch(fixture.target(), Json.named("by " + number))
                .header("If-Match", fixture.targetTag())
                .send();
    }

    private static ApiResponse winner(List<ApiResponse> responses) {
        assertEquals(
                REQUESTS - 1,
                responses.stream().filter(response -> response.status() == 412).count());
        return responses.stream()
                .filter(response -> response.status() == 200)
                .findFirst()
                .orElseThrow();
    }
}
