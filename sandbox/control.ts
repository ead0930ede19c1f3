// The control API: what only the sandbox can do to a shop. JSON in, JSON out; README.md lists the calls.

import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { clockCalls } from "./control/clock.ts";
import { customerCalls } from "./control/customers.ts";
import { deliveryCalls } from "./control/deliveries.ts";
import { historyCalls } from "./control/history.ts";
import { orderCalls } from "./control/orders.ts";
import { productCalls } from "./control/products.ts";
import { ControlError } from "./control/read.ts";
import { sellingPlanCalls } from "./control/selling-plans.ts";
import { shopCalls } from "./control/shops.ts";
import type { World } from "./store.ts";
import type { Sender } from "./webhooks.ts";

export function control(world: World, sender: Sender): Router {
  const router = express.Router();
  router.use(express.json({ limit: "10mb" }));
  clockCalls(router, world, sender);
  shopCalls(router, world);
  customerCalls(router, world);
  productCalls(router, world);
  sellingPlanCalls(router, world);
  orderCalls(router, world);
  deliveryCalls(router, world, sender);
  historyCalls(router, world);
  // The page of controls is one of the faces.
  router.get("/", (_request, _response, next) => next("router"));
  router.use(
    (request, response) => void response.status(404).json({ error: `The control API has no ${request.method} ${request.originalUrl}.` }),
  );
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    if (error instanceof ControlError) return void response.status(error.status).json({ error: error.message });
    const malformed = error instanceof SyntaxError && "body" in error;
    return void response.status(malformed ? 400 : 500).json({ error: error instanceof Error ? error.message : String(error) });
  });
  return router;
}
