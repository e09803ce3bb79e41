package dev.overplane.crm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.overplane.crm.testing.client.ApiClient;
import dev.overplane.crm.testing.client.ApiError;
import dev.overplane.crm.testing.client.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Contract
@DisplayName("A read-only key")
class ScopeTest {

    private final Api api;
    private final ApiClient writer;

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
        api.eventually(() -> assertTrue(reader.listing("?limit=1").ids().contains(created.id())));
    }

    @Test
    void may_not_create() {
        var reader = api.readOnlyClient();
        var before = writer.listing("?limit=1");
        reader.post(Json.named("Retail")).send().mustBe(ApiError.keyReadOnly());
        reader.onCollection("POST", "").send().mustBe(ApiError.keyReadOnly());
        reader.post("{}").header("Idempotency-Key", "reader").send().mustBe(ApiError.keyReadOnly());
        if (api.isLocal()) {
            assertEquals(before, writer.listing("?limit=1"));
        }
    }

    @Test
    void may_neither_update_nor_delete() {
        var reader = api.readOnlyClient();
        var created = writer.create(Json.named("Retail"));
        reader.update(created.id(), Json.named("Wholesale")).mustBe(ApiError.keyReadOnly());
        reader.update(created.id(), "{}").mustBe(ApiError.keyReadOnly());
        reader.delete(created.id()).mustBe(ApiError.keyReadOnly());
        writer.retrieve(created.id()).mustBe(200).mustShowTheSameAs(created);
    }

    @Test
    void is_told_so_before_anything_else_is_looked_at() {
        var reader = api.readOnlyClient();
        reader.post("not JSON").send().mustBe(ApiError.keyReadOnly());
        reader.post("x").header("Content-Type", "text/plain").send().mustBe(ApiError.keyReadOnly());
        reader.post("x".repeat(20_000)).send().mustBe(ApiError.keyReadOnly());
        reader.onCollection("POST", "?page=2").send().mustBe(ApiError.keyReadOnly());
        reader.update("market-segment_abc123", "[]").mustBe(ApiError.keyReadOnly());
        reader.delete("x").mustBe(ApiError.keyReadOnly());
        reader.onObject("DELETE", "x").header("If-Match", "x").send().mustBe(ApiError.keyReadOnly());
    }
}
