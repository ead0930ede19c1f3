// Signing in without a password: this is a sandbox, and whoever is at the screen may be anybody.

import express, { type Request, type Response, type Router } from "express";
import { changeCustomer, createCustomer, customerByEmail } from "../../customers.ts";
import type { Customer } from "../../world.ts";
import { liquidOrder } from "../liquid/people.ts";
import { local, type Storefront } from "../storefront.ts";

export function account(router: Router, { world, state, draw, session, keep }: Storefront): void {
  const read = express.urlencoded({ extended: true });

  const signIn = (request: Request, response: Response, customer: Customer, to: string) => {
    // Somebody who has only bought as a guest so far gets an account by signing in.
    if (customer.state !== "enabled") changeCustomer(world, state, customer, { account: true });
    keep(response, { ...session(request), customer });
    return response.redirect(303, to);
  };

  router.get("/account/login", (request, response) => {
    const chosen = state.customers.get(String(request.query.as ?? ""));
    const to = local(request.query.return_url ?? request.query.return_to, "/account");
    if (chosen) return signIn(request, response, chosen, to);
    const people = [...state.customers.values()].filter((one) => !one.mergedInto).slice(0, 6);
    const objects = {
      return_to: to,
      people: people.map((one) => ({
        id: one.id,
        name: [one.firstName, one.lastName].filter(Boolean).join(" ") || one.email || `Customer ${one.id}`,
        email: one.email,
      })),
    };
    return draw(request, response, { template: "login", title: "Sign in", objects });
  });

  router.post("/account/login", read, (request: Request, response: Response) => {
    const body = request.body as Record<string, unknown>;
    const given = (name: string) => String((body.customer as Record<string, unknown> | undefined)?.[name] ?? body[name] ?? "").trim();
    const to = local(body.return_to, "/account");
    const chosen = state.customers.get(given("id"));
    if (chosen) return signIn(request, response, chosen, to);
    const email = given("email");
    if (!/^\S+@\S+\.\S+$/.test(email)) return response.redirect(303, `/account/login?return_to=${encodeURIComponent(to)}`);
    const customer =
      customerByEmail(state, email) ??
      createCustomer(world, state, { email, firstName: given("first_name") || null, lastName: given("last_name") || null, account: true });
    return signIn(request, response, customer, to);
  });

  router.all("/account/logout", (request, response) => {
    keep(response, { ...session(request), customer: undefined });
    return response.redirect(303, "/");
  });

  router.get("/account", (request, response) => {
    if (!session(request).customer) return response.redirect("/account/login?return_to=/account");
    return draw(request, response, { template: "account", title: "Your account", blocks: "account" });
  });
  router.get("/account/register", (_, response) => response.redirect("/account/login"));

  router.get("/account/orders/:id", (request, response, next) => {
    const order = state.orders.get(request.params.id);
    if (!order || order.customerId !== session(request).customer?.id) return next();
    return draw(request, response, { template: "order", title: order.name, objects: { order: liquidOrder(state, order), thanks: false } });
  });

  router.post("/localization", read, (request: Request, response: Response) => {
    const wish = String(request.body.locale_code ?? request.body.language_code ?? "");
    keep(response, { ...session(request), locale: wish });
    return response.redirect(303, local(request.body.return_to, "/"));
  });
}
