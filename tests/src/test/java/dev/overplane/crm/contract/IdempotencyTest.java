package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.testing.Concurrently;
import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Listing;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("Idempotent create")
class IdempotencyTest {

    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String RETAIL = Json.named("Retail");

    private final Api api;
    private final ApiClient client;
    private final String key = newKey();

    IdempotencyTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private ApiResponse post(String key, String body) {
        return client.post(body).header(HEADER, key).send();
    }

    private static void assertFirst(ApiResponse response) {
        response.mustBe(201);
        assertFalse(response.has(REPLAYED), response::toString);
    }

    private static void assertReplay(ApiResponse first, ApiResponse response) {
        response.mustBe(201);
        assertEquals("true", response.header(REPLAYED));
        assertEquals(first.text(), response.text());
        assertEquals(first.header("Location"), response.header("Location"));
        assertEquals(first.etag(), response.etag());
        assertNotEquals(first.header("Request-Id"), response.header("Request-Id"));
    }

    @Test
    void answers_an_equal_request_with_the_recorded_response() {
        var first = post(key, RETAIL);
        assertFirst(first);
        assertReplay(first, post(key, RETAIL));
        assertReplay(first, post(key, RETAIL));
    }

    @Test
    void makes_one_object() {
        var owner = api.emptyAccount();
        var first = owner.post(RETAIL).header(HEADER, key).send().mustBe(201).segment();
        owner.post(RETAIL).header(HEADER, key).send().mustBe(201);
        assertEquals(new Listing(List.of(first), false, 1), owner.listing(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " { \"market_segment\" : \"Retail\" } ",
                "{\n\t\"market_segment\": \"Retail\"\r\n}",
                "{\"market_segment\":\"\\u0052etail\"}",
                "{\"market_\\u0073egment\":\"Retail\"}"
            })
    void takes_bodies_for_equal_whose_JSON_values_are(String body) {
        var first = post(key, RETAIL);
        assertReplay(first, post(key, body));
    }

    @Test
    void does_not_mind_the_content_type() {
        var first = post(key, RETAIL);
        var call = client.post(RETAIL).header(HEADER, key).header("Content-Type", "application/merge-patch+json");
        assertReplay(first, call.send());
    }

    @Test
    void takes_an_absent_an_empty_and_an_empty_objects_body_for_equal() {
        var first = client.onCollection("POST", "").header(HEADER, key).send();
        assertFirst(first);
        assertReplay(first, post(key, ""));
        assertReplay(first, post(key, "{}"));
        assertReplay(first, post(key, " { } "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"market_segment\":\"a\"} | {\"market_segment\":\"b\"}",
                "{\"market_segment\":\"a\"} | {\"market_segment\":\"A\"}",
                "{\"market_segment\":\"a\"} | {\"market_segment\":\"a \"}",
                "{\"market_segment\":\"caf\\u00e9\"} | {\"market_segment\":\"cafe\\u0301\"}",
                "{\"market_segment\":\"a\"} | {}",
                "{} | {\"market_segment\":\"a\"}",
                "{} | {\"market_segment\":null}",
                "{\"market_segment\":null} | {}",
            })
    void refuses_another_body_and_keeps_the_record(String body, String other) {
        var first = post(key, body);
        assertFirst(first);
        post(key, other).mustBe(ApiError.idempotencyKeyReused());
        assertReplay(first, post(key, body));
    }

    @Test
    void with_other_keys_makes_other_objects() {
        var responses = Stream.of(key, key + "x", "x" + key)
                .map(each -> post(each, RETAIL))
                .toList();
        responses.forEach(IdempotencyTest::assertFirst);
        assertEquals(3, responses.stream().map(ApiResponse::id).distinct().count());
    }

    @Test
    void tells_keys_apart_by_case() {
        assertFirst(post("a" + key, RETAIL));
        assertFirst(post("A" + key, RETAIL));
    }

    @Test
    void takes_a_key_of_255_visible_ASCII_characters_every_one_of_them_among_these() {
        var visible =
                IntStream.rangeClosed(0x21, 0x7e).mapToObj(Character::toString).collect(Collectors.joining());
        var longest = (key + visible + "k".repeat(255)).substring(0, 255);
        var first = post(longest, RETAIL);
        assertFirst(first);
        assertReplay(first, post(longest, RETAIL));
        assertFirst(post(longest.substring(0, 254) + "K", RETAIL));
    }

    @Test
    void takes_a_key_in_quotes_for_the_key_between_them() {
        var first = post('"' + key + '"', RETAIL);
        assertFirst(first);
        assertReplay(first, post(key, RETAIL));
    }

    /// A deployed API may remember the key from the last run.
    @Test
    void takes_a_key_of_one_character() {
        var first = post("k", RETAIL).mustBe(201);
        assertReplay(first, post("k", RETAIL));
    }

    @Test
    void records_nothing_of_a_refused_request() {
        post(key, "{").mustBe(ApiError.bodyInvalid());
        post(key, "{\"market_segment\":\"\"}").mustBe(ApiError.parameterInvalid("market_segment"));
        post(key, "{\"x\":1}").mustBe(ApiError.parameterUnknown("x"));
        post(key, "x".repeat(20_000)).mustBe(ApiError.bodyTooLarge());
        client.post(RETAIL)
                .header(HEADER, key)
                .header("Content-Type", "text/plain")
                .send()
                .mustBe(ApiError.contentTypeUnsupported());
        var corrected = post(key, RETAIL);
        assertFirst(corrected);
        assertReplay(corrected, post(key, RETAIL));
    }

    @Test
    void refuses_a_malformed_body_even_if_the_key_is_known() {
        var first = post(key, RETAIL);
        post(key, "{").mustBe(ApiError.bodyInvalid());
        assertReplay(first, post(key, RETAIL));
    }

    @Test
    void repeats_the_recorded_response_after_the_object_was_updated() {
        var first = post(key, RETAIL);
        var updated = client.update(first.id(), Json.named("Wholesale")).mustBe(200);
        assertReplay(first, post(key, RETAIL));
        assertEquals(updated.text(), client.retrieve(first.id()).text());
    }

    @Test
    void repeats_the_recorded_response_after_the_object_was_deleted_and_brings_nothing_back() {
        var first = post(key, RETAIL);
        client.delete(first.id()).mustBe(200);
        assertReplay(first, post(key, RETAIL));
        client.retrieve(first.id()).mustBe(ApiError.resourceMissing());
    }

    @Test
    void is_shared_by_the_keys_of_one_account() {
        var keys = api.keyFunctions();
        var account = Api.newAccountName();
        var one = api.clientWith(keys.issue(account, false, "read_write"));
        var two = api.clientWith(keys.issue(account, false, "read_write"));
        assertReplay(
                one.post(RETAIL).header(HEADER, key).send().mustBe(201),
                two.post(RETAIL).header(HEADER, key).send());
    }

    @Test
    void of_many_equal_requests_at_once_makes_one_object() {
        var atOnce = api.atOnce(32);
        var before = client.listing("?limit=1").total();
        var responses = Concurrently.run(atOnce, _ -> post(key, RETAIL).mustBe(201));
        assertEquals(1, responses.stream().map(ApiResponse::text).distinct().count(), responses::toString);
        assertEquals(
                1,
                responses.stream()
                        .map(response -> response.header("Location"))
                        .distinct()
                        .count());
        assertEquals(1, responses.stream().map(ApiResponse::etag).distinct().count());
        assertEquals(
                atOnce - 1,
                responses.stream().filter(response -> response.has(REPLAYED)).count(),
                responses::toString);
        api.eventually(() -> {
            assertEquals(before + 1, client.listing("?limit=1").total());
            assertEquals(
                    responses.getFirst().segment(),
                    client.listing("?limit=1").data().getFirst());
        });
    }

    /// The twin of the test above, without what protects it.
    @Test
    void is_what_keeps_many_equal_requests_at_once_from_making_many_objects() {
        var atOnce = api.atOnce(32);
        var responses = Concurrently.run(atOnce, _ -> client.create(RETAIL));
        assertEquals(atOnce, responses.stream().map(ApiResponse::id).distinct().count());
        responses.forEach(IdempotencyTest::assertFirst);
    }

    @Test
    void of_unequal_requests_at_once_lets_one_kind_win() {
        var before = client.listing("?limit=1").total();
        var atOnce = api.atOnce(16);
        var responses = Concurrently.run(atOnce, number -> post(key, Json.named(number % 2 == 0 ? "even" : "odd")));
        var accepted =
                responses.stream().filter(response -> response.status() == 201).toList();
        assertEquals(atOnce / 2, accepted.size(), responses::toString);
        assertEquals(1, accepted.stream().map(ApiResponse::text).distinct().count(), responses::toString);
        responses.stream()
                .filter(response -> response.status() != 201)
                .forEach(response -> response.mustBe(ApiError.idempotencyKeyReused()));
        api.eventually(() -> assertEquals(before + 1, client.listing("?limit=1").total()));
        assertEquals(
                accepted.getFirst().text(),
                client.retrieve(accepted.getFirst().id()).text());
    }
}
