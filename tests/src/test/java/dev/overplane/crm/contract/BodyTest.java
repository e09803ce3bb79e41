package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
@DisplayName("The body of a create or an update")
class BodyTest {

    private static final int MOST_BYTES = 16 * 1024;

    private final ApiClient client;

    BodyTest(Api api) {
        this.client = api.client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00ff{}", "{}\u00fe", "{\u00c3}", "{\"market_segment\":\u0080null}", "\u00fe\u00ff\0{\0}"})
    void is_refused_if_it_has_bytes_outside_a_string_that_are_not_UTF_8(String latin1) {
        assertRefused(latin1.getBytes(StandardCharsets.ISO_8859_1), ApiError.bodyInvalid());
    }

    /// API Gateway hands functions text: what is not UTF-8 has become U+FFFD before they see it. Anything else
    /// is a fault of ours.
    @Test
    void is_refused_or_stored_with_replacement_characters_if_a_string_is_not_UTF_8() {
        var response = client.post("")
                .body("{\"market_segment\":\"caf\u00e9!\"}".getBytes(StandardCharsets.ISO_8859_1))
                .send();
        if (response.status() == 201) {
            assertEquals(Optional.of("caf\ufffd!"), response.segment().marketSegment());
        } else {
            response.mustBe(ApiError.bodyInvalid());
        }
    }

    @Test
    void may_be_eight_levels_deep() {
        var eight = Malformed.nested("[", 8, "]");
        assertRefused(eight.getBytes(StandardCharsets.UTF_8), ApiError.parameterInvalid("market_segment"));
    }

    @Test
    void may_have_16_KiB() {
        var created = client.create(padded("{\"market_segment\":\"Retail\"", MOST_BYTES));
        assertEquals(Optional.of("Retail"), created.segment().marketSegment());
        var updated = client.update(created.id(), padded("{\"market_segment\":\"caf\u00e9\"", MOST_BYTES))
                .mustBe(200);
        assertEquals(Optional.of("caf\u00e9"), updated.segment().marketSegment());
    }

    @Test
    void is_refused_if_it_has_a_byte_more_than_16_KiB() {
        assertRefused(
                padded("{\"market_segment\":\"Retail\"", MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8),
                ApiError.bodyTooLarge());
    }

    @Test
    void is_measured_in_bytes_and_not_in_characters() {
        var body = "{\"market_segment\":\"" + "\u20ac".repeat(5_500) + "\"}";
        assertTrue(body.length() < MOST_BYTES);
        assertRefused(body.getBytes(StandardCharsets.UTF_8), ApiError.bodyTooLarge());
    }

    @Test
    void is_refused_for_its_size_whatever_it_holds() {
        assertRefused("x".repeat(100_000).getBytes(StandardCharsets.UTF_8), ApiError.bodyTooLarge());
    }

    /// Over six megabytes, which Lambda takes at most.
    @Test
    void is_refused_in_the_same_way_if_it_is_more_than_a_function_can_be_given() {
        assertRefused("x".repeat(7_000_000).getBytes(StandardCharsets.UTF_8), ApiError.bodyTooLarge());
    }

    /// API Gateway lets nobody write this response: it has the status alone.
    @Test
    void is_refused_without_the_envelope_if_it_is_more_than_ten_megabytes() {
        var body = new byte[10 * 1024 * 1024 + 1];
        client.post("").body(body).sendUnchecked().mustBe(413);
    }

    private static String padded(String unclosed, int bytes) {
        return unclosed + " ".repeat(bytes - 1 - unclosed.getBytes(StandardCharsets.UTF_8).length) + "}";
    }

    private void assertRefused(byte[] body, ApiError expected) {
        client.post("").body(body).send().mustBe(expected);
        var created = client.create(Json.named("before"));
        client.patch(created.id(), "").body(body).send().mustBe(expected);
        client.retrieve(created.id()).mustBe(200).mustShowTheSameAs(created);
    }
}
