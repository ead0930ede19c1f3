// Groups of selling plans, as a subscription app makes them.

import type { Router } from "express";
import type { World } from "../store.ts";
import { bodyOf, shopOf, text, texts, wrong } from "./read.ts";

export function sellingPlanCalls(router: Router, world: World): void {
  router.post("/:shop/selling-plan-groups", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    const name = text(body, "name") ?? wrong("A group of selling plans has a name.");
    const plans = (texts(body, "plans") ?? []).map((one) => ({ id: world.nextId(), name: one }));
    const group = { id: world.nextId(), name, plans, createdAt: world.clock.now().toISOString() };
    state.sellingPlanGroups.set(group.id, group);
    world.changed(state.shop.handle, "sellingPlanGroups", group.id);
    response.status(201).json(group);
  });
}
