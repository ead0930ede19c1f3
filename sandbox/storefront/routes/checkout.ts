// A checkout of one page: who, which codes, how it is paid, and an order.

import express, { type Request, type Response, type Router } from "express";
import { customerByEmail } from "../../customers.ts";
import { placeOrder } from "../../orders.ts";
import { isRefused } from "../../refused.ts";
import { liquidCart } from "../liquid/cart.ts";
import { liquidOrder } from "../liquid/people.ts";
import { cartLines, type Session } from "../session.ts";
import type { Storefront } from "../storefront.ts";

export function checkout(router: Router, { world, state, draw, session, keep, price }: Storefront): void {
  const read = express.urlencoded({ extended: true });

  const show = (request: Request, response: Response, now: Session, problem: string | null = null, email?: string) => {
    const known = email ? { ...now, customer: customerByEmail(state, email) ?? now.customer } : now;
    const objects = { cart: liquidCart(state, now, price(known)), problem, email: email ?? now.customer?.email ?? "" };
    return draw(request, response, { template: "checkout", title: "Checkout", layout: "checkout", objects });
  };

  router.get("/checkout", (request, response) => {
    const now = session(request);
    return now.items.length === 0 ? response.redirect("/cart") : show(request, response, now);
  });

  router.post("/checkout", read, (request: Request, response: Response) => {
    const now = session(request);
    if (now.items.length === 0) return response.redirect(303, "/cart");
    const body = request.body as Record<string, string | undefined>;
    const email = (now.customer?.email ?? body.email ?? "").trim();
    if (!now.customer && !/^\S+@\S+\.\S+$/.test(email)) return show(request, response.status(422), now, "Enter an email", email);
    const buyer = now.customer ?? customerByEmail(state, email);
    const { accepted, rejected } = price({ ...now, customer: buyer });
    // A refused code is shown before anything is paid; it is never dropped in silence.
    const refused = rejected[0];
    if (refused && body.without_refused === undefined) return show(request, response.status(422), now, refused.message, email);

    const later = body.payment === "later";
    const order = placeOrder(world, state, {
      ...(buyer ? { customerId: buyer.id } : {}),
      email: email || null,
      lines: cartLines(now.items),
      codes: accepted.map(({ code }) => code),
      paid: !later,
      gateway: later ? "Bank Deposit" : "bogus",
      note: now.note || null,
      noteAttributes: now.attributes,
    });
    if (isRefused(order)) return show(request, response.status(422), now, order.refused, email);
    keep(response, { ...now, items: [], codes: [], note: "", attributes: [] });
    return response.redirect(303, `/checkout/thank-you/${order.id}`);
  });

  router.get("/checkout/thank-you/:id", (request, response, next) => {
    const order = state.orders.get(request.params.id);
    if (!order) return next();
    return draw(request, response, { template: "order", title: "Thank you", objects: { order: liquidOrder(state, order), thanks: true } });
  });
}
