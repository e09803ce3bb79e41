package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/// One `Idempotency-Key`, many requests at once.
@Execution(ExecutionMode.SAME_THREAD) // Many at once as it is, each with a time limit.
@Isolated("Who else keeps the processor busy may undo a race.")
class EqualCreatesTest {

    private static final int REQUESTS = 16;

    private final Fixture fixture = Fixture.with(0);

    /// A cold start of all requests at once could take longer than one is given.
    @BeforeEach
    void warm_up() {
        String other = Fixture.newAccount();
        Concurrently.run(
                REQUESTS,
                _ -> fixture.functions()
                        .client(other)
                        .onCollection("POST", "")
                        .header("Idempotency-Key", "warm")
                        .send());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void equal_creates_at_once_make_one_object_and_get_one_answer() {
        assertOneObject(creates());
    }

    @Test
    void equal_creates_make_one_object_though_they_conflict_and_their_answers_are_lost() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        // Not every attempt at a call, or chance alone would use up the time.
        fixture.proxy()
                .plan(call -> call.attempt() > 6
                        ? Fault.none()
                        : switch (nextInt(random, 6)) {
                            case 0 -> call.actions() > 0 ? Fault.conflict(call, 0) : Fault.none();
                            case 1 -> new Fault.CutAfter();
                            case 2 -> new Fault.CutBefore();
                            default -> Fault.none();
                        });

        assertOneObject(creates());
    }

    /// The negative twin.
    @Test
    void without_the_condition_on_the_record_they_make_many_objects() {
        fixture.proxy().rewriting(WithoutProtection::byKey);

        creates();

        assertTrue(fixture.stored().objects().size() > 1);
    }

    private List<ApiResponse> creates() {
        return Concurrently.run(
                REQUESTS,
                _ -> fixture.client()
                        .post(Json.named("the one"))
                        .header("Idempotency-Key", "one")
                        .send());
    }

    private void assertOneObject(List<ApiResponse> responses) {
        responses.forEach(response -> response.mustBe(201));
        assertEquals(1, distinct(responses, ApiResponse::json), "bodies");
        assertEquals(1, distinct(responses, response -> response.header("Location")), "Location");
        assertEquals(1, distinct(responses, ApiResponse::etag), "ETag");
        long first = responses.stream()
                .filter(response -> !response.has("Idempotent-Replayed"))
                .count();
        assertEquals(1, first, "the first one only is no replay");
        StoredState stored = fixture.stored();
        assertEquals(
                List.of(responses.getFirst().id()), List.copyOf(stored.objects().keySet()));
        assertEquals(List.of(responses.getFirst().id()), stored.records());
        stored.assertSound();
    }

    private static long distinct(List<ApiResponse> responses, Function<ApiResponse, ?> property) {
        return responses.stream().map(property).distinct().count();
    }

    private static int nextInt(RandomGenerator random, int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
