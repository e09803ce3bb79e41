package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import dev.overplane.crm.testing.client.Segment;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("Update")
class UpdateTest {

    private final Api api;
    private final ApiClient client;

    UpdateTest(Api api) {
        this.api = api;
        this.client = api.client();
    }

    @Test
    void sets_what_is_given_and_keeps_id_and_created_at() {
        var created = client.create(Json.named("Retail"));
        var updated = client.update(created.id(), "{\"market_segment\":\"market_segment_example\"}")
                .mustBe(200);
        assertEquals(Optional.of("market_segment_example"), updated.segment().marketSegment());
        assertEquals(created.id(), updated.id());
        assertEquals(created.segment().createdAt(), updated.segment().createdAt());
        assertFalse(updated.segment().updatedAt().isBefore(created.segment().updatedAt()));
        assertNotEquals(created.etag(), updated.etag());
    }

    @Test
    void answers_what_a_retrieval_and_a_listing_then_answer() {
        var id = client.create(Json.named("Retail")).id();
        var updated = client.update(id, Json.named("Wholesale")).mustBe(200);
        var retrieved = client.retrieve(id).mustBe(200);
        retrieved.mustShowTheSameAs(updated);
        api.eventually(() -> assertEquals(
                updated.segment(), client.listing("?limit=1").data().getFirst()));
    }

    @Test
    void with_an_empty_object_changes_nothing_at_all() {
        var created = client.create(Json.named("Retail"));
        var updated = client.update(created.id(), "{}").mustBe(200);
        updated.mustShowTheSameAs(created);
        assertEquals(created.etag(), client.retrieve(created.id()).etag());
    }

    @Test
    void with_null_clears_and_can_be_set_again() {
        var id = client.create(Json.named("Retail")).id();
        var cleared = client.update(id, "{\"market_segment\":null}").mustBe(200);
        assertEquals(Optional.empty(), cleared.segment().marketSegment());
        assertEquals(cleared.text(), client.retrieve(id).text());
        client.update(id, Json.named("Wholesale")).mustBe(200);
        assertEquals(Optional.of("Wholesale"), client.retrieve(id).segment().marketSegment());
    }

    @Test
    void to_the_value_it_has_is_a_change_too() {
        var created = client.create(Json.named("Retail"));
        assertNotEquals(
                created.etag(),
                client.update(created.id(), Json.named("Retail")).mustBe(200).etag());
    }

    @Test
    void never_gives_an_entity_tag_a_second_time() {
        var created = client.create(Json.named("a"));
        var there = client.update(created.id(), Json.named("b")).mustBe(200);
        var back = client.update(created.id(), Json.named("a")).mustBe(200);
        assertEquals(
                3,
                Stream.of(created, there, back)
                        .map(ApiResponse::etag)
                        .distinct()
                        .count());
    }

    @Test
    void does_not_move_the_object_in_the_listing() {
        var owner = api.emptyAccount();
        var ids = owner.createNewestFirst(3).stream().map(Segment::id).toList();
        owner.update(ids.getLast(), Json.named("Retail")).mustBe(200);
        assertEquals(ids, owner.listing("").ids());
        assertEquals(3, owner.listing("").total());
    }

    @Test
    void needs_a_body() {
        var created = client.create(Json.named("Retail"));
        client.onObject("PATCH", created.id()).send().mustBe(ApiError.bodyInvalid());
        client.update(created.id(), "").mustBe(ApiError.bodyInvalid());
        assertEquals(created.etag(), client.retrieve(created.id()).etag());
    }

    @Test
    void of_a_deleted_object_is_404_with_or_without_members_and_brings_nothing_back() {
        var id = client.create(Json.named("Retail")).id();
        client.delete(id).mustBe(200);
        client.update(id, Json.named("Wholesale")).mustBe(ApiError.resourceMissing());
        client.update(id, "{}").mustBe(ApiError.resourceMissing());
        client.retrieve(id).mustBe(ApiError.resourceMissing());
    }
}
