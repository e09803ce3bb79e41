// What openapi-generator makes of `openapi.yaml` for TypeScript, used as its readers would.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Configuration, ErrorResponseFromJSON, MarketSegmentsApi, ResponseError } from "../src/index.js";

function api(accessToken: string): MarketSegmentsApi {
  return new MarketSegmentsApi(new Configuration({ basePath: process.env.API_URL!, accessToken }));
}

async function assertRefused(status: number, code: string, call: Promise<unknown>): Promise<void> {
  const refused = await call.then(() => assert.fail("it was not refused"), (error: unknown) => error);
  assert(refused instanceof ResponseError, String(refused));
  const { error } = ErrorResponseFromJSON(await refused.response.json());
  assert.deepEqual([refused.response.status, error.code], [status, code]);
  assert.equal(refused.response.headers.get("Request-Id"), error.requestId);
}

const segments = api(process.env.API_KEY!);

test("a segment is created, listed, updated and deleted", async () => {
  const create = { idempotencyKey: randomUUID(), marketSegmentParams: { marketSegment: "Mid-market retail" } };
  const response = await segments.createMarketSegmentRaw(create);
  const created = await response.value();
  const id = created.id;
  const ifMatch = response.raw.headers.get("ETag")!;
  assert.equal(created.marketSegment, "Mid-market retail");
  assert.equal((await segments.createMarketSegment(create)).id, id);
  assert.deepEqual(await segments.retrieveMarketSegment({ id }), created);

  const second = await segments.createMarketSegment();
  assert.equal(second.marketSegment, null);
  const page = await segments.listMarketSegments({ limit: 1 });
  assert(page.hasMore && page.total >= 2, JSON.stringify(page));
  assert.deepEqual(page.data, [second]);
  const next = await segments.listMarketSegments({ limit: 1, startingAfter: second.id });
  assert.deepEqual(next.data.map((segment) => segment.id), [id]);

  const retail = await segments.updateMarketSegment({ id, ifMatch, marketSegmentParams: { marketSegment: "Retail" } });
  assert.equal(retail.marketSegment, "Retail");
  await assertRefused(412, "precondition_failed", segments.updateMarketSegment({ id, ifMatch, marketSegmentParams: { marketSegment: "Other" } }));
  assert.equal((await segments.updateMarketSegment({ id, marketSegmentParams: {} })).marketSegment, "Retail");
  assert.equal((await segments.updateMarketSegment({ id, marketSegmentParams: { marketSegment: null } })).marketSegment, null);

  assert.equal((await segments.deleteMarketSegment({ id })).deleted, true);
  await assertRefused(404, "resource_missing", segments.retrieveMarketSegment({ id }));
});

test("what is refused is an exception with the error", async () => {
  await assertRefused(401, "api_key_invalid", api("sk_test_wrong").listMarketSegments());
  await assertRefused(400, "parameter_invalid", segments.listMarketSegments({ limit: 0 }));
  const idempotencyKey = randomUUID();
  await segments.createMarketSegment({ idempotencyKey, marketSegmentParams: { marketSegment: "One" } });
  await assertRefused(422, "idempotency_key_reused", segments.createMarketSegment({ idempotencyKey, marketSegmentParams: { marketSegment: "Other" } }));
});
