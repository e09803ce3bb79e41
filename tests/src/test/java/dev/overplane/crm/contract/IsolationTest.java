package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.ApiResponse;
import dev.overplane.crm.testing.client.Json;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Contract
@DisplayName("What belongs to another account or mode does not exist")
class IsolationTest {

    /// Who looks at what is not theirs.
    enum Stranger {
        ANOTHER_ACCOUNT {
            @Override
            ApiClient of(Api api) {
                return api.otherAccountClient();
            }
        },
        THE_OTHER_MODE {
            @Override
            ApiClient of(Api api) {
                return api.liveClient();
            }
        };

        abstract ApiClient of(Api api);
    }

    private final Api api;
    private final ApiClient owner;

    IsolationTest(Api api) {
        this.api = api;
        this.owner = api.client();
    }

    /// Both ways, and in the words of the answer for an object that was, and is no more.
    private void assertMissing(Stranger who, BiFunction<ApiClient, String, ApiResponse> operation) {
        var stranger = who.of(api);
        assertMissing(owner, stranger, operation);
        assertMissing(stranger, owner, operation);
    }

    private static void assertMissing(
            ApiClient owner, ApiClient stranger, BiFunction<ApiClient, String, ApiResponse> operation) {
        var created = owner.create(Json.named("Retail"));
        var gone = stranger.create().id();
        stranger.delete(gone).mustBe(200);
        var missing = operation.apply(stranger, gone).mustBe(ApiError.resourceMissing());
        var foreign = operation.apply(stranger, created.id()).mustBe(ApiError.resourceMissing());
        assertEquals(missing.errorWithoutRequestId(), foreign.errorWithoutRequestId());
        assertEquals(missing.headers().map().keySet(), foreign.headers().map().keySet());
        owner.retrieve(created.id()).mustBe(200).mustShowTheSameAs(created);
    }

    @ParameterizedTest
    @EnumSource
    void for_a_retrieval(Stranger who) {
        assertMissing(who, ApiClient::retrieve);
        assertMissing(
                who,
                (client, id) ->
                        client.onObject("GET", id).header("If-None-Match", "*").send());
    }

    @ParameterizedTest
    @EnumSource
    void for_an_update(Stranger who) {
        assertMissing(who, (client, id) -> client.update(id, Json.named("taken")));
        assertMissing(who, (client, id) -> client.update(id, "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void for_a_deletion(Stranger who) {
        assertMissing(who, ApiClient::delete);
    }

    @ParameterizedTest
    @EnumSource
    void for_a_listing_and_its_total(Stranger who) {
        var stranger = who.of(api);
        var theirs = stranger.create().id();
        var before = stranger.listing("?limit=100");
        var ours = owner.create().id();
        var after = stranger.listing("?limit=100");
        assertFalse(after.ids().contains(ours));
        if (api.isLocal()) {
            assertEquals(before, after);
        }
        api.eventually(() -> assertEquals(ours, owner.listing("?limit=1").ids().getFirst()));
        assertFalse(owner.listing("?limit=100").ids().contains(theirs));
    }

    @ParameterizedTest
    @EnumSource
    void for_paging(Stranger who) {
        var stranger = who.of(api);
        var id = owner.create().id();
        stranger.create();
        stranger.list("?starting_after=" + id).mustBe(ApiError.parameterInvalid("starting_after"));
    }

    @ParameterizedTest
    @EnumSource
    void for_idempotency_keys(Stranger who) {
        var stranger = who.of(api);
        var key = "isolation-" + System.nanoTime();
        var ours = owner.post("{}").header("Idempotency-Key", key).send().mustBe(201);
        var theirs = stranger.post(Json.named("theirs"))
                .header("Idempotency-Key", key)
                .send()
                .mustBe(201);
        assertFalse(theirs.has("Idempotent-Replayed"));
        stranger.retrieve(ours.id()).mustBe(ApiError.resourceMissing());
        stranger.retrieve(theirs.id()).mustBe(200);
    }
}
