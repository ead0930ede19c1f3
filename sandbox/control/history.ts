// A past made up on request, so that a shop does not begin empty.

import type { Router } from "express";
import { history } from "../seed.ts";
import type { World } from "../store.ts";
import { bodyOf, shopOf, whole, wrong } from "./read.ts";

const most = 5_000;

export function historyCalls(router: Router, world: World): void {
  router.post("/:shop/history", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    const wish = {
      days: whole(body, "days") ?? 365,
      customers: whole(body, "customers") ?? 150,
      orders: whole(body, "orders") ?? 700,
      seed: whole(body, "seed") ?? 1,
    };
    if (wish.days < 1 || wish.customers < 1 || wish.orders < 0 || wish.orders > most) wrong(`A history has up to ${most} orders.`);
    response.json(history(world, state, wish));
  });
}
