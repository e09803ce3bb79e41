package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiRequest;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Idempotent update and delete")
class IdempotentChangesTest {

    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String WHOLESALE = Json.named("Wholesale");

    private final Api api;
    private final ApiClient client;
    private final String key = UUID.randomUUID().toString();
    private final ApiResponse created;

    IdempotentChangesTest(Api api) {
        this.api = api;
        this.client = api.client();
        this.created = client.create(Json.named("Retail"));
    }

    private ApiRequest patch(String body) {
        return client.patch(created.id(), body).header(HEADER, key);
    }

    private ApiRequest delete() {
        return client.onObject("DELETE", created.id()).header(HEADER, key);
    }

    private static ApiResponse first(ApiResponse response) {
        response.mustBe(200);
        assertFalse(response.has(REPLAYED), response::toString);
        return response;
    }

    private static void assertReplay(ApiResponse first, ApiResponse response) {
        response.mustBe(200);
        assertEquals("true", response.header(REPLAYED), response::toString);
        assertEquals(first.text(), response.text());
        assertEquals(first.has("ETag"), response.has("ETag"));
        if (first.has("ETag")) {
            assertEquals(first.etag(), response.etag());
        }
        assertNotEquals(first.header("Request-Id"), response.header("Request-Id"));
    }

    private ApiResponse present() {
        return client.retrieve(created.id()).mustBe(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"market_segment\":\"Wholesale\"}", "{\"market_segment\":null}", "{}"})
    void an_equal_update_gets_the_recorded_response_and_changes_nothing_more(String body) {
        var first = first(patch(body).send());
        assertReplay(first, patch(body).send());
        assertReplay(first, patch(" " + body + " ").send());
        present().mustShowTheSameAs(first);
    }

    @Test
    void an_equal_update_gets_it_after_another_one_and_leaves_that_alone() {
        var first = first(patch(WHOLESALE).send());
        var theirs = client.update(created.id(), Json.named("theirs")).mustBe(200);
        assertReplay(first, patch(WHOLESALE).send());
        present().mustShowTheSameAs(theirs);
    }

    @Test
    void an_update_that_changed_nothing_is_recorded_as_it_was_then() {
        var first = first(patch("{}").send());
        first.mustShowTheSameAs(created);
        client.update(created.id(), WHOLESALE).mustBe(200);
        assertReplay(first, patch("{}").send());
    }

    @Test
    void an_equal_update_gets_it_after_the_object_is_gone_and_brings_nothing_back() {
        var first = first(patch(WHOLESALE).send());
        client.delete(created.id()).mustBe(200);
        assertReplay(first, patch(WHOLESALE).send());
        client.retrieve(created.id()).mustBe(ApiError.resourceMissing());
    }

    @Test
    void an_equal_update_gets_it_though_its_own_change_is_what_If_Match_would_now_refuse() {
        var first = first(patch(WHOLESALE).header("If-Match", created.etag()).send());
        assertReplay(first, patch(WHOLESALE).header("If-Match", created.etag()).send());
        present().mustShowTheSameAs(first);
    }

    @Test
    void an_equal_delete_gets_the_confirmation_though_the_object_is_gone() {
        var first = first(delete().send());
        assertReplay(first, delete().send());
        assertReplay(first, delete().send());
        client.delete(created.id()).mustBe(ApiError.resourceMissing());
    }

    @Test
    void an_equal_delete_does_not_count_again() {
        var owner = api.emptyAccount();
        var id = owner.createNewestFirst(3).getFirst().id();
        for (int i = 0; i < 3; i++) {
            owner.onObject("DELETE", id).header(HEADER, key).send().mustBe(200);
        }
        assertEquals(2, owner.listing("").total());
    }

    @Test
    void a_delete_guarded_by_If_Match_is_repeated_as_well() {
        var first = first(delete().header("If-Match", created.etag()).send());
        assertReplay(first, delete().header("If-Match", created.etag()).send());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"market_segment\":\"a\"} | {\"market_segment\":\"b\"}",
                "{\"market_segment\":\"a\"} | {\"market_segment\":null}",
                "{\"market_segment\":\"a\"} | {}",
                "{\"market_segment\":null} | {}",
                "{} | {\"market_segment\":null}",
            })
    void another_body_is_refused_and_changes_nothing(String body, String other) {
        var first = first(patch(body).send());
        patch(other).send().mustBe(ApiError.idempotencyKeyReused());
        present().mustShowTheSameAs(first);
        assertReplay(first, patch(body).send());
    }

    @Test
    void another_If_Match_is_refused() {
        var first = first(patch(WHOLESALE).header("If-Match", created.etag()).send());
        patch(WHOLESALE).send().mustBe(ApiError.idempotencyKeyReused());
        patch(WHOLESALE).header("If-Match", first.etag()).send().mustBe(ApiError.idempotencyKeyReused());
        patch(WHOLESALE).header("If-Match", "\"x\"").send().mustBe(ApiError.idempotencyKeyReused());
        delete().send().mustBe(ApiError.idempotencyKeyReused());
        present().mustShowTheSameAs(first);
    }

    @Test
    void another_object_is_refused() {
        var other = client.create(Json.named("Other"));
        first(patch(WHOLESALE).send());
        client.patch(other.id(), WHOLESALE).header(HEADER, key).send().mustBe(ApiError.idempotencyKeyReused());
        client.onObject("DELETE", other.id()).header(HEADER, key).send().mustBe(ApiError.idempotencyKeyReused());
        client.retrieve(other.id()).mustShowTheSameAs(other);
    }

    @Test
    void another_method_is_refused() {
        var body = Json.named("New");
        var posted = client.post(body).header(HEADER, key).send().mustBe(201);
        client.patch(posted.id(), body).header(HEADER, key).send().mustBe(ApiError.idempotencyKeyReused());
        client.onObject("DELETE", posted.id()).header(HEADER, key).send().mustBe(ApiError.idempotencyKeyReused());
        client.retrieve(posted.id()).mustShowTheSameAs(posted);
        var deleting = UUID.randomUUID().toString();
        client.onObject("DELETE", posted.id()).header(HEADER, deleting).send().mustBe(200);
        client.post(body).header(HEADER, deleting).send().mustBe(ApiError.idempotencyKeyReused());
        client.patch(posted.id(), body).header(HEADER, deleting).send().mustBe(ApiError.idempotencyKeyReused());
    }

    @Test
    void a_refused_update_records_nothing() {
        patch("{").send().mustBe(ApiError.bodyInvalid());
        patch("{\"market_segment\":\"\"}").send().mustBe(ApiError.parameterInvalid("market_segment"));
        patch(WHOLESALE).header("If-Match", "\"x\"").send().mustBe(ApiError.preconditionFailed());
        patch("{}").header("If-Match", "\"x\"").send().mustBe(ApiError.preconditionFailed());
        client.patch("market-segment_abc123", WHOLESALE)
                .header(HEADER, key)
                .send()
                .mustBe(ApiError.resourceMissing());
        var first = first(patch(WHOLESALE).send());
        assertReplay(first, patch(WHOLESALE).send());
    }

    @Test
    void a_refused_delete_records_nothing() {
        delete().header("If-Match", "\"x\"").send().mustBe(ApiError.preconditionFailed());
        present().mustShowTheSameAs(created);
        var first = first(delete().send());
        assertReplay(first, delete().send());
    }

    @Test
    void of_an_object_that_is_gone_nothing_is_recorded() {
        client.delete(created.id()).mustBe(200);
        patch(WHOLESALE).send().mustBe(ApiError.resourceMissing());
        patch("{}").send().mustBe(ApiError.resourceMissing());
        delete().send().mustBe(ApiError.resourceMissing());
        client.post("{}").header(HEADER, key).send().mustBe(201);
    }

    @Test
    void a_read_only_key_gets_no_recorded_response() {
        first(patch(WHOLESALE).send());
        api.readOnlyClient()
                .patch(created.id(), WHOLESALE)
                .header(HEADER, key)
                .send()
                .mustBe(ApiError.keyReadOnly());
    }

    @Test
    void another_account_does_not_meet_the_record() {
        first(patch(WHOLESALE).send());
        var other = api.otherAccountClient();
        other.patch(created.id(), WHOLESALE).header(HEADER, key).send().mustBe(ApiError.resourceMissing());
        var theirs = other.create();
        first(other.patch(theirs.id(), WHOLESALE).header(HEADER, key).send());
    }

    @Test
    void a_key_in_quotes_is_the_key_between_them() {
        var first = first(patch(WHOLESALE).send());
        assertReplay(first, patch(WHOLESALE).header(HEADER, '"' + key + '"').send());
    }

    @Test
    void a_key_in_quotes_may_hold_escaped_quotation_marks_and_backslashes() {
        var first = first(delete().header(HEADER, key + "\"\\").send());
        assertReplay(first, delete().header(HEADER, '"' + key + "\\\"\\\\\"").send());
    }

    @Test
    void of_32_equal_updates_at_once_amid_8_others_one_takes_effect() {
        var responses = Concurrently.run(
                40,
                number -> number < 32
                        ? patch(WHOLESALE).send()
                        : client.update(created.id(), Json.named("other " + number)));
        responses.forEach(response -> response.mustBe(200));
        var equal = responses.subList(0, 32);
        assertEquals(1, equal.stream().map(ApiResponse::text).distinct().count(), equal::toString);
        assertEquals(1, equal.stream().map(ApiResponse::etag).distinct().count(), equal::toString);
        assertEquals(
                31, equal.stream().filter(response -> response.has(REPLAYED)).count(), equal::toString);
        assertEquals(
                9, responses.stream().map(ApiResponse::etag).distinct().count(), "one change and each of the others");
        var last = present();
        assertTrue(responses.stream().anyMatch(response -> response.etag().equals(last.etag())), last::toString);
    }

    /// The twin of the test above, without what protects it.
    @Test
    void without_a_key_each_of_equal_updates_at_once_takes_effect() {
        var responses = Concurrently.run(32, _ -> client.update(created.id(), WHOLESALE));
        responses.forEach(response -> response.mustBe(200));
        assertEquals(32, responses.stream().map(ApiResponse::etag).distinct().count());
    }

    @Test
    void equal_deletes_at_once_are_all_confirmed() {
        var responses = Concurrently.run(16, _ -> delete().send().mustBe(200));
        assertEquals(1, responses.stream().map(ApiResponse::text).distinct().count(), responses::toString);
        assertEquals(
                15,
                responses.stream().filter(response -> response.has(REPLAYED)).count(),
                responses::toString);
    }

    @Test
    void of_unequal_updates_at_once_lets_one_kind_win() {
        var responses = Concurrently.run(
                16,
                number -> patch(Json.named(number % 2 == 0 ? "even" : "odd")).send());
        var accepted =
                responses.stream().filter(response -> response.status() == 200).toList();
        assertEquals(8, accepted.size(), responses::toString);
        responses.stream()
                .filter(response -> response.status() != 200)
                .forEach(response -> response.mustBe(ApiError.idempotencyKeyReused()));
        present().mustShowTheSameAs(accepted.getFirst());
        assertNotEquals(Optional.of("Retail"), present().segment().marketSegment());
    }
}
