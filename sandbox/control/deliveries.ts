// Webhooks under the hand: seen, repeated, held back, let go, forged and made to misbehave.

import { randomUUID } from "node:crypto";
import type { Router } from "express";
import type { World } from "../store.ts";
import { listenersOf, queue } from "../subscriptions.ts";
import type { Sender } from "../webhooks.ts";
import { bodyOf, flag, fraction, granted, instant, shopOf, text, texts, whole, wrong } from "./read.ts";

export function deliveryCalls(router: Router, world: World, sender: Sender): void {
  router.get("/:shop/deliveries", (request, response) => {
    const { topic, state: wanted, limit } = request.query as Record<string, string | undefined>;
    const all = [...shopOf(world, request).deliveries.values()].filter(
      (one) => (!topic || one.topic === topic) && (!wanted || one.state === wanted),
    );
    response.json(limit ? all.slice(-Number(limit)) : all);
  });

  router.post("/:shop/chaos", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    state.chaos = {
      duplicate: fraction(body, "duplicate") ?? 0,
      shuffle: flag(body, "shuffle") ?? false,
      delayMs: whole(body, "delayMs") ?? 0,
      drop: fraction(body, "drop") ?? 0,
      seed: whole(body, "seed") ?? 1,
    };
    world.changed(state.shop.handle, "chaos");
    response.json(state.chaos);
  });

  router.post("/:shop/deliveries/hold", (request, response) => {
    const state = shopOf(world, request);
    state.hold = flag(bodyOf(request), "hold") ?? true;
    world.changed(state.shop.handle, "hold");
    response.json({ hold: state.hold });
  });

  router.post("/:shop/deliveries/release", (request, response, next) => {
    sender.release(shopOf(world, request), texts(bodyOf(request), "order")).then((released) => response.json({ released }), next);
  });

  router.post("/:shop/deliveries/:webhookId/again", (request, response, next) => {
    sender
      .again(shopOf(world, request), request.params.webhookId)
      .then((attempt) => response.json(granted(attempt)))
      .catch(next);
  });

  router.post("/:shop/deliver", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    const topic = text(body, "topic") ?? wrong("topic is a text, such as orders/paid.");
    const app = world.apps.get(state.shop.installation?.apiKey ?? "") ?? wrong("No app is installed.");
    const [listener] = listenersOf(world, state, topic);
    const path = text(body, "path") ?? listener?.path ?? wrong(`The app does not listen to ${topic}.`);
    // A text is sent to the letter, so that ids beyond 2^53 can be sent.
    const content = typeof body.body === "string" ? body.body : JSON.stringify(body.body ?? {});
    const webhookId = text(body, "webhookId") ?? randomUUID();
    queue(world, state, app, topic, path, {
      body: content,
      eventId: text(body, "eventId") ?? randomUUID(),
      triggeredAt: instant(body, "triggeredAt") ?? world.clock.now().toISOString(),
      webhookId,
    });
    response.status(202).json({ webhookId });
  });
}
