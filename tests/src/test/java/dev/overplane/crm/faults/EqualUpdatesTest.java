package dev.overplane.crm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Call;
import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.Fault;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/// Updates with one `Idempotency-Key` amid others, at once or one after the other.
@Execution(ExecutionMode.SAME_THREAD) // Many at once as it is, each with a time limit.
@Isolated("Who else keeps the processor busy may undo a race.")
class EqualUpdatesTest {

    private static final int EQUAL = 32;
    private static final int OTHERS = 8;

    private final Fixture fixture = Fixture.with(2);

    /// A cold start of all requests at once could take longer than one is given.
    @BeforeEach
    void warm_up() {
        String id = fixture.segments().getFirst().id();
        Concurrently.run(OTHERS, number -> update(id, "warm " + number));
        update(id, "warm", "warm");
        fixture.directClient().update(id, Json.named("warm"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void equal_updates_at_once_amid_others_take_effect_once_and_get_one_answer() {
        List<ApiResponse> responses = updatesAtOnce();

        responses.forEach(response -> response.mustBe(200));
        List<ApiResponse> equal = responses.subList(0, EQUAL);
        assertEquals(1, equal.stream().map(ApiResponse::text).distinct().count(), equal::toString);
        assertEquals(1, equal.stream().map(ApiResponse::etag).distinct().count(), equal::toString);
        assertEquals(
                EQUAL - 1,
                equal.stream()
                        .filter(response -> response.has("Idempotent-Replayed"))
                        .count());
        assertEquals(1 + OTHERS + 1, fixture.stored().version(fixture.target()));
        fixture.stored().assertSound();
    }

    /// The negative twin.
    @Test
    void without_the_record_more_than_one_of_them_takes_effect() {
        fixture.proxy().rewriting(WithoutProtection::byKey);

        List<ApiResponse> equal = updatesAtOnce().subList(0, EQUAL);

        assertTrue(
                equal.stream()
                                .filter(response -> response.status() == 200)
                                .map(ApiResponse::etag)
                                .distinct()
                                .count()
                        > 1,
                equal::toString);
    }

    @Test
    void an_update_whose_answer_was_lost_and_which_another_one_overtook_takes_effect_once() {
        ApiResponse response = overtaken(() -> update(fixture.target(), "ours", "k"));

        assertAppliedOnce(response);
        assertFalse(response.has("Idempotent-Replayed"), "its own attempt, by the token");
    }

    @Test
    void it_does_so_though_dynamodb_has_forgotten_the_token() {
        fixture.proxy().rewriting(EqualUpdatesTest::withAnotherToken);

        ApiResponse response = overtaken(() -> update(fixture.target(), "ours", "k"));

        assertAppliedOnce(response);
        assertTrue(response.has("Idempotent-Replayed"), "its own attempt, by the record");
    }

    @Test
    void it_does_so_though_the_client_has_to_send_it_again() {
        fixture.proxy().plan(call -> call.isWrite() ? new Fault.CutAfter() : Fault.none());
        update(fixture.target(), "ours", "k").mustBe(503);
        fixture.proxy().plan(_ -> Fault.none());
        update(fixture.target(), "theirs").mustBe(200);

        assertAppliedOnce(update(fixture.target(), "ours", "k"));
    }

    /// The negative twin.
    @Test
    void without_a_key_it_takes_effect_once_more_on_top_of_the_other() {
        ApiResponse response = overtaken(() -> update(fixture.target(), "ours"));

        response.mustBe(200);
        assertEquals(4, fixture.stored().version(fixture.target()));
        assertEquals("ours", fixture.stored().name(fixture.target()));
    }

    /// The equal ones first.
    private List<ApiResponse> updatesAtOnce() {
        return Concurrently.run(
                EQUAL + OTHERS,
                number -> number < EQUAL
                        ? update(fixture.target(), "equal", "k")
                        : update(fixture.target(), "other " + number));
    }

    private ApiResponse update(String id, String name) {
        return fixture.client().update(id, Json.named(name));
    }

    private ApiResponse update(String id, String name, String key) {
        return fixture.client()
                .patch(id, Json.named(name))
                .header("Idempotency-Key", key)
                .send();
    }

    /// Sends an update whose first answer is lost, and another one before it is tried again.
    private ApiResponse overtaken(Supplier<ApiResponse> update) {
        var writes = new AtomicInteger();
        fixture.proxy().plan(call -> switch (call.isWrite() ? writes.incrementAndGet() : 0) {
            case 1 -> new Fault.CutAfter();
            case 2 -> {
                fixture.directClient()
                        .update(fixture.target(), Json.named("theirs"))
                        .mustBe(200);
                yield Fault.none();
            }
            default -> Fault.none();
        });
        return update.get();
    }

    private void assertAppliedOnce(ApiResponse response) {
        response.mustBe(200);
        assertEquals("ours", response.json().path("market_segment").asText());
        assertEquals("\"2\"", response.etag());
        assertEquals(3, fixture.stored().version(fixture.target()));
        assertEquals("theirs", fixture.stored().name(fixture.target()));
    }

    private static Call withAnotherToken(Call call) {
        if (call.operation().equals("TransactWriteItems")) {
            call.body().put("ClientRequestToken", UUID.randomUUID().toString());
        }
        return call;
    }
}
