// The shops to begin with.

import { stock } from "./seed/catalogue.ts";
import { juniper } from "./seed/juniper.ts";
import { kiso } from "./seed/kiso.ts";
import { emptyShopState, type ShopState } from "./shop-state.ts";
import type { World } from "./store.ts";
import type { App, Shop } from "./world.ts";

export { type HistoryWish, history } from "./seed/history.ts";

/** What makes a shop: its handle, and whatever differs from a small American shop. `app` is the handle or key of the app it has installed. */
export type ShopSeed = Partial<Omit<Shop, "handle" | "installation">> & {
  handle: string;
  app?: string;
  shelves?: "juniper" | "kiso" | "empty";
};

/** Two shops: one on Plus with everything approved, one on Basic whose custom app may not see names. */
export function seedDemo(apps: App[]): ShopSeed[] {
  const app = (distribution: App["distribution"]) => (apps.find((one) => one.distribution === distribution) ?? apps[0])?.apiKey;
  return [
    {
      handle: "laurel-demo",
      name: "Juniper & Co",
      email: "hello@juniper.example.com",
      plan: "plus",
      app: app("public"),
      shelves: "juniper",
    },
    {
      handle: "laurel-second",
      name: "Kiso Tea",
      email: "cha@kiso.example.com",
      currency: "JPY",
      timeZone: "Asia/Tokyo",
      country: "JP",
      locale: "en",
      plan: "basic",
      taxesIncluded: true,
      taxRateBasisPoints: 1000,
      shippingRate: 600,
      app: app("custom"),
      shelves: "kiso",
    },
  ];
}

/** Opens the shop, unless it is open already: then it keeps all it has. */
export function openShop(world: World, seed: ShopSeed): ShopState {
  const { app, shelves = "juniper", ...differs } = seed;
  const installed = [...world.apps.values()].find((one) => one.apiKey === app || one.handle === app);
  if (app && !installed) throw new Error(`${seed.handle} wants the app ${app}, which there is not.`);
  const open = world.shops.get(seed.handle);
  if (open) return reopened(world, open, installed);
  const shop: Shop = {
    id: world.nextId(),
    name: seed.handle,
    email: `shop@${seed.handle}.example.com`,
    currency: "USD",
    timeZone: "America/New_York",
    country: "US",
    plan: "standard",
    taxesIncluded: false,
    taxRateBasisPoints: 825,
    shippingRate: 500,
    sellsSubscriptions: false,
    locale: "en",
    storefrontPort: 0,
    ...differs,
    installation: installed
      ? { apiKey: installed.apiKey, installedAt: world.clock.now().toISOString(), uninstalledAt: null, scopes: [...world.config.scopes] }
      : null,
  };
  const state = emptyShopState(shop);
  world.shops.set(shop.handle, state);
  if (shelves !== "empty") stock(world, state, shelves === "kiso" ? kiso : juniper);
  world.changed(shop.handle);
  return state;
}

/** The app may have come back with another key, or its toml with other scopes. An app that was uninstalled stays away. */
function reopened(world: World, state: ShopState, app: App | undefined): ShopState {
  const { installation } = state.shop;
  if (installation && app && !world.apps.has(installation.apiKey)) installation.apiKey = app.apiKey;
  if (installation)
    installation.scopes = [
      ...new Set([...world.config.scopes, ...installation.scopes.filter((one) => world.config.optionalScopes.includes(one))]),
    ];
  world.changed(state.shop.handle, "shop");
  return state;
}
