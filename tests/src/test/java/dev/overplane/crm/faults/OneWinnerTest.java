package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One version of an object, many changes at once, each with `If-Match`.
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

    /// The negative twin.
    @Test
    void without_the_condition_on_the_version_many_win() {
        fixture.proxy().rewriting(WithoutProtection::byVersion);

        assertTrue(
                updates().stream().filter(response -> response.status() == 200).count() > 1);
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
