// Orders are placed and live on.

import type { Request, Router } from "express";
import type { CartLine } from "../checkout.ts";
import {
  type Checkout,
  cancelOrder,
  deleteOrder,
  editOrder,
  fulfillOrder,
  giveOrderTo,
  payOrder,
  placeOrder,
  refundOrder,
  tagOrder,
} from "../orders.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import { idOf, type Order } from "../world.ts";
import { type Body, bodyOf, flag, granted, id, instant, orderOf, rows, shopOf, text, texts, when, whole, wrong } from "./read.ts";

export function orderCalls(router: Router, world: World): void {
  router.get("/:shop/orders", (request, response) => void response.json([...shopOf(world, request).orders.values()]));
  router.get("/:shop/orders/:id", (request, response) => void response.json(orderOf(shopOf(world, request), request)));

  router.post("/:shop/orders", (request, response) => {
    response.status(201).json(granted(placeOrder(world, shopOf(world, request), checkoutOf(bodyOf(request)))));
  });

  const verb = (name: string, act: (state: ShopState, order: Order, body: Body) => unknown) =>
    router.post(`/:shop/orders/:id/${name}`, (request: Request, response) => {
      const state = shopOf(world, request);
      response.json(granted(act(state, orderOf(state, request), bodyOf(request))));
    });

  verb("pay", (state, order, body) => payOrder(world, state, order, when(body)));
  verb("cancel", (state, order, body) =>
    cancelOrder(world, state, order, { ...when(body), refund: flag(body, "refund"), reason: text(body, "reason") }),
  );
  verb("fulfill", (state, order, body) => fulfillOrder(world, state, order, when(body)));
  verb("tags", (state, order, body) => tagOrder(world, state, order, texts(body, "tags") ?? wrong("tags is a list."), when(body)));
  verb("delete", (state, order) => {
    deleteOrder(world, state, order);
    return { deleted: true };
  });
  verb("customer", (state, order, body) => {
    if (!("customer" in body)) wrong("customer is an id or null.");
    return giveOrderTo(world, state, order, id(body, "customer") ?? null, when(body));
  });
  verb("refund", (state, order, body) =>
    refundOrder(
      world,
      state,
      order,
      {
        all: flag(body, "all"),
        lines: rows(body, "lines")?.map((line) => ({
          line: id(line, "line") ?? wrong("A line to refund needs its line id."),
          quantity: whole(line, "quantity") ?? 1,
          restock: flag(line, "restock"),
        })),
        shipping: whole(body, "shipping"),
        amount: whole(body, "amount"),
        note: text(body, "note"),
      },
      when(body),
    ),
  );
  verb("edit", (state, order, body) =>
    editOrder(
      world,
      state,
      order,
      {
        add: rows(body, "add")?.map((line) => ({
          variant: id(line, "variant") ?? wrong("A line to add needs a variant."),
          quantity: whole(line, "quantity") ?? 1,
        })),
        remove: rows(body, "remove")?.map((line) => ({
          line: id(line, "line") ?? wrong("A line to remove needs its line id."),
          quantity: whole(line, "quantity") ?? 1,
        })),
      },
      when(body),
    ),
  );
}

function checkoutOf(body: Body): Checkout {
  const rate = body.presentmentRate;
  if (rate !== undefined && (typeof rate !== "number" || !(rate > 0))) wrong("presentmentRate is a number above zero.");
  return {
    customerId: id(body, "customer"),
    email: text(body, "email"),
    lines: (rows(body, "lines") ?? wrong("lines is a list of { variant, quantity }.")).map(lineOf),
    codes: texts(body, "codes"),
    paid: flag(body, "paid"),
    sourceName: text(body, "sourceName"),
    test: flag(body, "test"),
    createdAt: instant(body, "createdAt"),
    tip: whole(body, "tip"),
    shipping: whole(body, "shipping"),
    presentmentCurrency: text(body, "presentmentCurrency"),
    presentmentRate: rate as number | undefined,
    tags: texts(body, "tags"),
    note: text(body, "note"),
    noteAttributes: rows(body, "noteAttributes")?.map(pair),
    gateway: text(body, "gateway"),
    country: text(body, "country"),
  };
}

function lineOf(line: Body): CartLine {
  const sellingPlan = line.sellingPlan;
  return {
    variantId: id(line, "variant") ?? null,
    quantity: whole(line, "quantity") ?? 1,
    price: whole(line, "price"),
    title: text(line, "title"),
    giftCard: flag(line, "giftCard"),
    properties: Array.isArray(line.properties)
      ? (line.properties as Body[]).map(pair)
      : Object.entries((line.properties ?? {}) as Record<string, unknown>).map(([name, value]) => ({ name, value: String(value) })),
    sellingPlan: !sellingPlan
      ? null
      : typeof sellingPlan === "object"
        ? { id: idOf(String((sellingPlan as Body).id)), name: String((sellingPlan as Body).name) }
        : { id: idOf(String(sellingPlan)), name: "Subscription" },
  };
}

const pair = (one: Body) => ({ name: String(one.name), value: String(one.value) });
