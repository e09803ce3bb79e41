package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("A read-only key")
class ScopeTest {

    private final Api api;
    private final Client writer;

    ScopeTest(Api api) {
        this.api = api;
        this.writer = api.client();
    }

    @Test
    void may_retrieve_and_list() {
        var reader = api.readOnlyClient();
        var created = writer.create(Json.named("Retail"));
        var retrieved = reader.retrieve(created.id()).mustBe(200);
        assertEquals(created.text(), retrieved.text());
        reader.onObject("GET", created.id())
                .header("If-None-Match", created.etag())
                .send()
                .mustBe(304);
        api.eventually(() -> assertTrue(reader.list("?limit=1").ids().contains(created.id())));
    }

    @Test
    void may_not_create() {
        var reader = api.readOnlyClient();
        var before = writer.list("?limit=1");
        reader.post(Json.named("Retail")).send().mustBe(Refusal.keyReadOnly());
        reader.onCollection("POST", "").send().mustBe(Refusal.keyReadOnly());
        reader.post("{}").header("Idempotency-Key", "reader").send().mustBe(Refusal.keyReadOnly());
        if (api.isLocal()) {
            assertEquals(before, writer.list("?limit=1"));
        }
    }

    @Test
    void may_neither_update_nor_delete() {
        var reader = api.readOnlyClient();
        var created = writer.create(Json.named("Retail"));
        reader.update(created.id(), Json.named("Wholesale")).mustBe(Refusal.keyReadOnly());
        reader.update(created.id(), "{}").mustBe(Refusal.keyReadOnly());
        reader.delete(created.id()).mustBe(Refusal.keyReadOnly());
        var after = writer.retrieve(created.id()).mustBe(200);
        assertEquals(created.text(), after.text());
        assertEquals(created.etag(), after.etag());
    }

    @Test
    void is_told_so_before_anything_else_is_looked_at() {
        var reader = api.readOnlyClient();
        reader.post("not JSON").send().mustBe(Refusal.keyReadOnly());
        reader.post("x").header("Content-Type", "text/plain").send().mustBe(Refusal.keyReadOnly());
        reader.post("x".repeat(20_000)).send().mustBe(Refusal.keyReadOnly());
        reader.onCollection("POST", "?page=2").send().mustBe(Refusal.keyReadOnly());
        reader.update("market-segment_abc123", "[]").mustBe(Refusal.keyReadOnly());
        reader.delete("x").mustBe(Refusal.keyReadOnly());
        reader.onObject("DELETE", "x").header("If-Match", "x").send().mustBe(Refusal.keyReadOnly());
    }
}
