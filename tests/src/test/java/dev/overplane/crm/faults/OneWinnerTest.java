package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One version of an object, many changes at once, each with `If-Match`.
class OneWinnerTest {

    private static final int REQUESTS = 16;

    private final Site site = Site.with(2);

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void ofManyUpdatesOfOneVersionOneWins() throws Exception {
        List<Answer> answers = updates();

        Answer winner = winner(answers);
        assertEquals(2, site.ground().version(site.target()));
        assertEquals(
                winner.body().path("market_segment").asText(), site.ground().name(site.target()));
    }

    @Test
    void theWinnerHearsThatItWonThoughItsFirstAnswerWasLost() throws Exception {
        site.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        winner(updates());

        assertEquals(2, site.ground().version(site.target()));
    }

    @Test
    void ofManyDeletesOfOneObjectOneWins() throws Exception {
        site.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());

        List<Answer> answers =
                Crowd.of(REQUESTS, _ -> site.functions().delete(site.request().id(site.target())));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count());
        assertEquals(
                REQUESTS - 1,
                answers.stream().filter(answer -> answer.status() == 404).count());
        site.ground().assertSound();
    }

    /// The negative twin.
    @Test
    void withoutTheConditionOnTheVersionManyWin() throws Exception {
        site.proxy().rewriting(Unprotected::byVersion);

        assertTrue(updates().stream().filter(answer -> answer.status() == 200).count() > 1);
    }

    /// The negative twin.
    @Test
    void withoutItsMarkAnUpdateWhoseAnswerWasLostHappensTwice() {
        site.proxy().plan(call -> call.attempt() == 1 ? new Fault.CutAfter() : Fault.none());
        site.proxy().rewriting(Unprotected::byMark);

        site.functions().update(site.request().id(site.target()).body("{\"market_segment\":\"x\"}"));

        assertEquals(3, site.ground().version(site.target()));
    }

    private List<Answer> updates() throws Exception {
        return Crowd.of(REQUESTS, this::update);
    }

    private Answer update(int number) {
        return site.functions()
                .update(site.request()
                        .id(site.target())
                        .header("If-Match", site.targetTag())
                        .body("{\"market_segment\":\"by " + number + "\"}"));
    }

    private static Answer winner(List<Answer> answers) {
        assertEquals(
                REQUESTS - 1,
                answers.stream().filter(answer -> answer.status() == 412).count());
        return answers.stream()
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
    }
}
