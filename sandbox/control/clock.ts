// Time, quiet, and tokens.

import type { Router } from "express";
import { proxyUrl } from "../proxy.ts";
import { sessionToken } from "../session-token.ts";
import type { World } from "../store.ts";
import type { Sender } from "../webhooks.ts";
import { idOf } from "../world.ts";
import { bodyOf, flag, instant, shopOf, text, whole, wrong } from "./read.ts";

export function clockCalls(router: Router, world: World, sender: Sender): void {
  const { clock } = world;
  const told = () => ({ now: clock.now().toISOString(), offsetMs: clock.offsetMs });

  router.get("/clock", (_, response) => void response.json(told()));
  router.post("/clock", (request, response) => {
    const body = bodyOf(request);
    const advance = text(body, "advance");
    const at = instant(body, "at");
    if (flag(body, "reset")) clock.offsetMs = 0;
    else if (advance !== undefined) clock.offsetMs = advanced(clock.now(), advance).getTime() - Date.now();
    else if (at !== undefined) clock.offsetMs = Date.parse(at) - Date.now();
    else wrong("Give advance (such as P30D), at (an instant) or reset.");
    response.json(told());
  });

  router.post("/settle", async (request, response, next) => {
    sender.settle(whole(bodyOf(request), "timeoutMs") ?? 30_000).then((answer) => response.json(answer), next);
  });

  router.get("/session-token", (request, response) => {
    const { shop, app } = request.query as Record<string, string>;
    const state = world.shops.get(shop ?? "") ?? wrong(`There is no shop ${shop}.`);
    const apiKey =
      [...world.apps.values()].find((one) => one.apiKey === app || one.handle === app)?.apiKey ??
      state.shop.installation?.apiKey ??
      wrong(`There is no app ${app}.`);
    response.json({ token: sessionToken(world, { shop: state.shop.handle, apiKey }) });
  });

  router.get("/:shop/proxy-url", (request, response) => {
    const { path = "/", customer, ...query } = request.query as Record<string, string | string[]>;
    const url = proxyUrl(world, shopOf(world, request), {
      path: String(path),
      query,
      customerId: customer ? idOf(String(customer)) : null,
    });
    response.json({ url: url?.href ?? wrong("No app is installed.") });
  });
}

/** An ISO 8601 duration, calendar parts first; a minus before it goes back. */
export function advanced(from: Date, duration: string): Date {
  const match = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!match || duration.endsWith("P") || duration.endsWith("T")) return wrong(`${duration} is not a duration, such as P30D or PT90M.`);
  const sign = match[1] === "-" ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part) => sign * Number(part ?? 0));
  const to = new Date(from);
  const day = to.getUTCDate();
  to.setUTCDate(1);
  to.setUTCFullYear(to.getUTCFullYear() + years, to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, lastDay));
  return new Date(to.getTime() + (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000);
}
