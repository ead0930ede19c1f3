import { afterEach, vi } from "vitest";
import { type Admin, openAdmin } from "../../app/shopify/admin.ts";
import { answer } from "../../sandbox/admin-api/answer.ts";
import { askAs } from "../../sandbox/admin-api/index.ts";
import type { Delivery } from "../../sandbox/shop-state.ts";
import { aWorld } from "../sandbox/a-world.ts";

/**
 * A shop of the sandbox without HTTP: its Admin API is Shopify's own schema, executed; its bulk answers come through
 * `fetch` in pieces. `answers` may change a bulk answer on its way, or break it off.
 */
export function sandboxShop(wish: Parameters<typeof aWorld>[0] = {}) {
  const { world, state } = aWorld({ shop: { shelves: "juniper", ...wish.shop }, ...wish });
  const calls: string[] = [];
  const bulk: { answers?: (jsonl: string) => string; breakAfter?: number; asked: number } = { asked: 0 };
  const shop = `${state.shop.handle}.myshopify.com`;

  const admin: Admin = openAdmin({
    shop,
    apiVersion: "2026-10",
    token: async () => ({ accessToken: "good" }),
    fetch: async (_url, init) => {
      const asked = JSON.parse(String(init?.body)) as { query: string };
      calls.push(/(?:query|mutation)\s+(\w+)/.exec(asked.query)?.[1] ?? "");
      return Response.json(answer(askAs(world, state, "2026-10"), asked).answer);
    },
  });

  const download: typeof fetch = async (url) => {
    bulk.asked += 1;
    const id = /bulk-operations\/(\d+)\.jsonl$/.exec(String(url))?.[1] ?? "";
    const whole = state.bulkOperations.get(id)?.jsonl;
    if (whole === undefined) return new Response(null, { status: 404 });
    const bytes = new TextEncoder().encode(bulk.answers ? bulk.answers(whole) : whole);
    const { breakAfter } = bulk;
    return new Response(inPieces(bytes, breakAfter));
  };
  vi.stubGlobal("fetch", download);
  afterEach(() => vi.unstubAllGlobals());

  /** The bodies of a topic that Shopify has sent, the oldest first. */
  const sent = (topic: string): Delivery[] => [...state.deliveries.values()].filter((one) => one.topic === topic);
  const products = () => [...state.products.values()];
  return { world, state, admin, calls, bulk, sent, products, shop };
}

// Pieces that end in the middle of lines, and of letters.
function inPieces(bytes: Uint8Array, breakAfter = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= breakAfter) return controller.error(new Error("The connection broke."));
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + 1009));
      at += 1009;
    },
  });
}
