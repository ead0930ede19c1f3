// Shops themselves: what is in them, their plan, the app's coming and going, and how the Admin API fails.

import type { Router } from "express";
import type { Fault, ShopState } from "../shop-state.ts";
import { installedApp, type World } from "../store.ts";
import { domainOf, type Plan } from "../world.ts";
import { bodyOf, flag, shopOf, text, whole, wrong } from "./read.ts";

const plans: Plan[] = ["basic", "standard", "plus"];
const ways: Fault["how"][] = ["500", "timeout", "unknown", "throttled", "429", "401"];

export function shopCalls(router: Router, world: World): void {
  router.get("/shops", (_, response) => {
    response.json(
      [...world.shops.values()].map((state) => ({
        ...state.shop,
        domain: domainOf(state.shop),
        app: installedApp(world, state)?.handle ?? null,
        protectedData: installedApp(world, state)?.protectedData ?? null,
        counts: {
          customers: state.customers.size,
          products: state.products.size,
          orders: state.orders.size,
          discounts: state.discounts.size,
        },
      })),
    );
  });
  router.get("/:shop/discounts", (request, response) => void response.json([...shopOf(world, request).discounts.values()]));
  router.get("/:shop/calls", (request, response) => void response.json(shopOf(world, request).calls));

  router.post("/:shop/install", (request, response) => {
    const state = shopOf(world, request);
    const asked = text(bodyOf(request), "app");
    const known = [...world.apps.values()].find((app) =>
      asked === undefined ? app.apiKey === state.shop.installation?.apiKey : app.apiKey === asked || app.handle === asked,
    );
    const app = known ?? (asked === undefined ? [...world.apps.values()][0] : undefined) ?? wrong(`There is no app ${asked}.`);
    state.shop.installation = {
      apiKey: app.apiKey,
      installedAt: world.clock.now().toISOString(),
      uninstalledAt: null,
      scopes: [...world.config.scopes],
    };
    world.changed(state.shop.handle, "shop");
    response.json(state.shop.installation);
  });

  router.post("/:shop/uninstall", (request, response) => {
    const state = shopOf(world, request);
    if (!installedApp(world, state)) wrong("No app is installed.");
    uninstall(world, state);
    response.json(state.shop.installation);
  });

  router.post("/:shop/redact", (request, response) => {
    world.events.emit(shopOf(world, request).shop.handle, "shop/redact", {});
    response.json({ queued: true });
  });

  router.post("/:shop/plan", (request, response) => {
    const state = shopOf(world, request);
    const plan = text(bodyOf(request), "plan");
    const protectedData = flag(bodyOf(request), "protectedData");
    if (plan !== undefined) state.shop.plan = plans.find((one) => one === plan) ?? wrong(`plan is one of ${plans.join(", ")}.`);
    const app = installedApp(world, state);
    if (protectedData !== undefined && app) app.protectedData = protectedData;
    world.changed(state.shop.handle, "shop");
    if (plan !== undefined) world.events.emit(state.shop.handle, "shop/update", {});
    response.json({ plan: state.shop.plan, protectedData: app?.protectedData ?? null });
  });

  router.post("/:shop/fail", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    const next = whole(body, "next") ?? 1;
    const how = ways.find((one) => one === text(body, "how")) ?? wrong(`how is one of ${ways.join(", ")}.`);
    const operation = text(body, "operation");
    state.faults = next <= 0 ? [] : [...state.faults, { next, how, ...(operation === undefined ? {} : { operation }) }];
    world.changed(state.shop.handle, "faults");
    response.json(state.faults);
  });

  router.post("/:shop/latency", (request, response) => {
    const state = shopOf(world, request);
    state.latencyMs = whole(bodyOf(request), "ms") ?? wrong("ms is a whole number.");
    world.changed(state.shop.handle, "latencyMs");
    response.json({ ms: state.latencyMs });
  });
}

/** The token dies at once; the webhook comes after. */
export function uninstall(world: World, state: ShopState): void {
  const { installation } = state.shop;
  if (!installation) return;
  for (const token of state.tokens.values()) if (token.apiKey === installation.apiKey) token.dead = true;
  installation.uninstalledAt = world.clock.now().toISOString();
  state.webhookSubscriptions.clear();
  world.changed(state.shop.handle);
  world.events.emit(state.shop.handle, "app/uninstalled", {});
}
