import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCustomer, deleteCustomer } from "../../sandbox/customers.ts";
import { placeOrder } from "../../sandbox/orders.ts";
import { aCode, anApp, aProduct, aWorld } from "./a-world.ts";

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

/** A second world that opens what the first wrote; the first was not closed, as if it had been killed. */
const again = (app = anApp()) => aWorld({ stateDir, app });

test("everything of a shop is there again, ids go on and the clock keeps its offset", () => {
  const { world, state } = aWorld({ stateDir, now: "2027-01-01T00:00:00Z" });
  aCode(world, state, "TEN");
  const { variant } = aProduct(world, state, { price: 1000 });
  placeOrder(world, state, { email: "ann@example.com", lines: [{ variantId: variant, quantity: 1 }], codes: ["TEN"] });
  state.appMetafields.push({ id: "1", namespace: "n", key: "k", type: "json", value: "{}", updatedAt: "2026-01-01T00:00:00Z" });
  world.changed(state.shop.handle);
  world.flush();
  const other = again();
  expect(other.state).toEqual(state);
  expect(BigInt(other.world.nextId())).toBe(BigInt(world.nextId()));
  expect(other.world.clock.now().toISOString()).toMatch(/^2027-01-01T00:00/);
  other.world.close();
  world.close();
});

test("what was deleted stays deleted, whether it was named or not", () => {
  const { world, state } = aWorld({ stateDir });
  const [ann, bob, cat] = ["ann", "bob", "cat"].map((name) => createCustomer(world, state, { email: `${name}@example.com` }));
  world.flush();
  if (ann) deleteCustomer(world, state, ann);
  world.flush();
  state.customers.delete(bob?.id ?? "");
  world.changed(state.shop.handle);
  world.flush();
  const other = again();
  expect([...other.state.customers.keys()]).toEqual([cat?.id]);
  other.world.close();
  world.close();
});

test("an app that comes back with another key is the installed one; one that was uninstalled stays away", () => {
  const first = aWorld({ stateDir });
  first.world.close();
  const second = again(anApp({ apiKey: "key-2" }));
  expect(second.state.shop.installation).toMatchObject({ apiKey: "key-2", uninstalledAt: null });
  if (second.state.shop.installation) second.state.shop.installation.uninstalledAt = "2026-01-01T00:00:00Z";
  second.world.changed("corner-shop", "shop");
  second.world.close();
  const third = again(anApp({ apiKey: "key-2" }));
  expect(third.state.shop.installation?.uninstalledAt).toBe("2026-01-01T00:00:00Z");
  third.world.close();
});
