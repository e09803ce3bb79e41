package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Answer;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.FunctionClient.Request;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One `Idempotency-Key`, many requests at once.
class EqualCreatesTest {

    private static final int REQUESTS = 32;

    private final Site site = Site.with(0);
    private final AtomicInteger late = new AtomicInteger();

    /// A cold start of all requests at once could take longer than one is given.
    @BeforeEach
    void warmUp() throws Exception {
        String other = Site.newAccount();
        Crowd.of(REQUESTS, _ -> site.functions().create(Request.of(other).header("Idempotency-Key", "warm")));
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void equalCreatesAtOnceMakeOneObjectAndGetOneAnswer() throws Exception {
        assertOneObject(creates());
    }

    @Test
    void equalCreatesMakeOneObjectThoughTheyConflictAndTheirAnswersAreLost() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        site.proxy().plan(call -> switch (nextInt(random, 6)) {
            case 0 -> call.actions() > 0 ? Fault.conflict(call, 0) : Fault.none();
            case 1 -> new Fault.CutAfter();
            case 2 -> new Fault.CutBefore();
            default -> Fault.none();
        });

        assertOneObject(creates());
    }

    /// The negative twin.
    @Test
    void withoutTheConditionOnTheRecordTheyMakeManyObjects() throws Exception {
        site.proxy().rewriting(Unprotected::byKey);

        creates();

        assertTrue(site.ground().objects().size() > 1);
    }

    private List<Answer> creates() throws Exception {
        return Crowd.of(REQUESTS, _ -> create());
    }

    /// DynamoDB Local does one transaction after the other; on a busy computer the last ones run out of time,
    /// and their clients do what they are told: they come again.
    private Answer create() {
        Request request = site.request().header("Idempotency-Key", "one").body("{\"market_segment\":\"the one\"}");
        Answer answer = site.functions().create(request);
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            late.incrementAndGet();
            answer = site.functions().create(request);
        }
        return answer;
    }

    private void assertOneObject(List<Answer> answers) {
        assertEquals(
                List.of(201), answers.stream().map(Answer::status).distinct().toList());
        assertEquals(1, answers.stream().map(Answer::body).distinct().count(), "bodies");
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.headers().get("Location"))
                        .distinct()
                        .count(),
                "Location");
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.headers().get("ETag"))
                        .distinct()
                        .count(),
                "ETag");
        long first = answers.stream()
                .filter(answer -> !answer.headers().containsKey("Idempotent-Replayed"))
                .count();
        assertTrue(
                first == 1 || first == 0 && late.get() > 0,
                "the first one only is no replay, unless it had to come again");
        Ground ground = site.ground();
        assertEquals(
                List.of(answers.getFirst().id()), List.copyOf(ground.objects().keySet()));
        assertEquals(List.of(answers.getFirst().id()), ground.records());
        ground.assertSound();
    }

    private static int nextInt(RandomGenerator random, int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
