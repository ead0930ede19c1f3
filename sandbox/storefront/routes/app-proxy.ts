// What the shop passes on to the app, and what becomes of the answer.

import express, { type Router } from "express";
import { forward, proxyPrefix } from "../../proxy.ts";
import type { Storefront } from "../storefront.ts";
import { pageFromLiquid } from "../theme.ts";

export function appProxy(router: Router, { world, state, session, wish }: Storefront): void {
  router.all(
    [proxyPrefix(world), `${proxyPrefix(world)}/*`],
    express.raw({ type: () => true, limit: "2mb" }),
    async (request, response, next) => {
      try {
        const url = new URL(request.originalUrl, "http://shop");
        const query: Record<string, string | string[]> = {};
        for (const name of new Set(url.searchParams.keys())) {
          const values = url.searchParams.getAll(name);
          query[name] = values.length > 1 ? values : (values[0] ?? "");
        }
        const answer = await forward(world, state, {
          path: url.pathname.slice(proxyPrefix(world).length) || "/",
          query,
          customerId: session(request).customer?.id ?? null,
          method: request.method,
          headers: request.headers,
          ...(Buffer.isBuffer(request.body) ? { body: request.body } : {}),
        });
        response.status(answer.status);
        const liquid = String(answer.headers["content-type"] ?? "").startsWith("application/liquid");
        for (const [name, value] of Object.entries(answer.headers)) if (!liquid || name !== "content-type") response.setHeader(name, value);
        if (!liquid) return response.send(answer.body);
        const page = await pageFromLiquid(wish(request, { template: "app-proxy" }), answer.body.toString());
        return response.type("html").send(page);
      } catch (error) {
        return next(error);
      }
    },
  );
}
