import { expect, test } from "vitest";
import type { Admin } from "../../app/shopify/admin.ts";
import { installationGid, type OwnerWish, setMetafields } from "../../app/shopify/metafields.ts";
import { smallWorld } from "../sandbox/admin-world.ts";

/** The sandbox's Admin API: Shopify's real schema, and what it refuses at run time. */
function aShop() {
  const small = smallWorld();
  let calls = 0;
  const admin: Admin = {
    shop: "test",
    call: async <T>(document: string, variables: Record<string, unknown> = {}) => {
      calls += 1;
      const { data, errors } = small.ask(document, variables);
      expect(errors).toBeUndefined();
      return data as T;
    },
  };
  const gids = [...small.state.customers.keys()].map((id) => `gid://shopify/Customer/${id}`);
  return { admin, state: small.state, gids, calls: () => calls };
}

const wish = (ownerId: string): OwnerWish => ({
  ownerId,
  metafields: [
    { key: "card", type: "json", value: '{"v":1}' },
    { key: "points_balance", type: "number_integer", value: "120" },
  ],
});

const gone = "gid://shopify/Customer/404";

test("a customer carries the card and the balance as the app's own data", async () => {
  const { admin, state, gids } = aShop();
  expect(await setMetafields(admin, gids.map(wish))).toEqual([]);
  for (const customer of state.customers.values()) {
    expect(customer.metafields.filter(({ namespace }) => namespace.startsWith("app--"))).toMatchObject([
      { value: '{"v":1}' },
      { value: "120" },
    ]);
  }
});

test("an owner that is gone is named, and the others are written with one more call", async () => {
  const { admin, state, gids, calls } = aShop();
  expect(await setMetafields(admin, [wish(gone), ...gids.map(wish)])).toEqual([{ ownerId: gone, message: "Owner does not exist." }]);
  expect(calls()).toBe(2);
  for (const customer of state.customers.values()) expect(customer.metafields.length).toBeGreaterThan(1);
});

test("when Shopify does not say whom it means, halves find out", async () => {
  const owners = ["a", "b", "c", "d", "e"];
  const written: string[] = [];
  const admin: Admin = {
    shop: "test",
    call: async <T>(_: string, variables: Record<string, unknown> = {}) => {
      const ids = (variables.metafields as { ownerId: string }[]).map(({ ownerId }) => ownerId);
      const userErrors = ids.includes("c") ? [{ field: null, message: "No.", elementIndex: null }] : [];
      if (userErrors.length === 0) written.push(...new Set(ids));
      return { metafieldsSet: { userErrors } } as T;
    },
  };
  expect(await setMetafields(admin, owners.map(wish))).toEqual([{ ownerId: "c", message: "No." }]);
  expect(written.sort()).toEqual(["a", "b", "d", "e"]);
});

test("the programme is the installation's own data", async () => {
  const { admin } = aShop();
  const ownerId = await installationGid(admin);
  expect(ownerId).toMatch(/^gid:\/\/shopify\/AppInstallation\/\d+$/);
  expect(
    await setMetafields(admin, [{ ownerId, metafields: [{ namespace: "laurel", key: "programme", type: "json", value: "{}" }] }]),
  ).toEqual([]);
});
