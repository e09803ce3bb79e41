package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
            Client of(Api api) {
                return api.otherAccountClient();
            }
        },
        THE_OTHER_MODE {
            @Override
            Client of(Api api) {
                return api.liveClient();
            }
        };

        abstract Client of(Api api);
    }

    private final Api api;
    private final Client owner;

    IsolationTest(Api api) {
        this.api = api;
        this.owner = api.client();
    }

    /// Both ways, and in the words of the answer for an object that was, and is no more.
    private void assertMissing(Stranger who, BiFunction<Client, String, Answer> operation) {
        var stranger = who.of(api);
        assertMissing(owner, stranger, operation);
        assertMissing(stranger, owner, operation);
    }

    private static void assertMissing(Client owner, Client stranger, BiFunction<Client, String, Answer> operation) {
        var created = owner.create(Json.named("Retail"));
        var gone = stranger.create().id();
        stranger.delete(gone).mustBe(200);
        var missing = operation.apply(stranger, gone).mustBe(Refusal.resourceMissing());
        var foreign = operation.apply(stranger, created.id()).mustBe(Refusal.resourceMissing());
        assertEquals(missing.words(), foreign.words());
        assertEquals(missing.headers().map().keySet(), foreign.headers().map().keySet());
        var after = owner.retrieve(created.id()).mustBe(200);
        assertEquals(created.text(), after.text());
        assertEquals(created.etag(), after.etag());
    }

    @ParameterizedTest
    @EnumSource
    void for_a_retrieval(Stranger who) {
        assertMissing(who, Client::retrieve);
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
        assertMissing(who, Client::delete);
    }

    @ParameterizedTest
    @EnumSource
    void for_a_listing_and_its_total(Stranger who) {
        var stranger = who.of(api);
        var theirs = stranger.create().id();
        var before = stranger.list("?limit=100");
        var ours = owner.create().id();
        var after = stranger.list("?limit=100");
        assertFalse(after.ids().contains(ours));
        if (api.isLocal()) {
            assertEquals(before, after);
        }
        api.eventually(() -> assertEquals(ours, owner.list("?limit=1").ids().getFirst()));
        assertFalse(owner.list("?limit=100").ids().contains(theirs));
    }

    @ParameterizedTest
    @EnumSource
    void for_paging(Stranger who) {
        var stranger = who.of(api);
        var id = owner.create().id();
        stranger.create();
        stranger.tryList("?starting_after=" + id).mustBe(Refusal.parameterInvalid("starting_after"));
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
        stranger.retrieve(ours.id()).mustBe(Refusal.resourceMissing());
        stranger.retrieve(theirs.id()).mustBe(200);
    }
}
