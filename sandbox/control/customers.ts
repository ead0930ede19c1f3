// Customers come, change and ask to be forgotten.

import type { Router } from "express";
import { type CustomerWish, changeCustomer, createCustomer, customerByEmail, deleteCustomer } from "../customers.ts";
import type { World } from "../store.ts";
import type { Customer } from "../world.ts";
import { type Body, bodyOf, customerOf, flag, granted, shopOf, text, texts, when, wrong } from "./read.ts";

const consents: Customer["marketing"][] = ["SUBSCRIBED", "NOT_SUBSCRIBED", "UNSUBSCRIBED", "PENDING"];

export function customerCalls(router: Router, world: World): void {
  router.get("/:shop/customers", (request, response) => void response.json([...shopOf(world, request).customers.values()]));

  router.post("/:shop/customers", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    const wish = wishOf(body);
    if (wish.email && customerByEmail(state, wish.email)) wrong("Email has already been taken");
    response.status(201).json(createCustomer(world, state, wish, when(body)));
  });

  router.get("/:shop/customers/:id", (request, response) => void response.json(customerOf(shopOf(world, request), request)));

  router.post("/:shop/customers/:id", (request, response) => {
    const state = shopOf(world, request);
    const body = bodyOf(request);
    response.json(granted(changeCustomer(world, state, customerOf(state, request), wishOf(body), when(body))));
  });

  router.post("/:shop/customers/:id/delete", (request, response) => {
    const state = shopOf(world, request);
    granted(deleteCustomer(world, state, customerOf(state, request)));
    response.json({ deleted: true });
  });

  router.post("/:shop/customers/:id/data-request", (request, response) => {
    const state = shopOf(world, request);
    world.events.emit(state.shop.handle, "customers/data_request", { customer: customerOf(state, request) });
    response.json({ queued: true });
  });

  router.post("/:shop/customers/:id/redact", (request, response) => {
    const state = shopOf(world, request);
    const customer = customerOf(state, request);
    world.events.emit(state.shop.handle, "customers/redact", { customer });
    // Shopify forgets too, once it has told the apps.
    Object.assign(customer, { firstName: null, lastName: null, email: null, phone: null, tags: [], state: "disabled" });
    for (const order of state.orders.values()) if (order.customerId === customer.id) order.email = null;
    world.changed(state.shop.handle);
    response.json({ queued: true });
  });
}

function wishOf(body: Body): CustomerWish {
  const consent = text(body, "marketing")?.toUpperCase();
  const marketing =
    consent === undefined ? undefined : (consents.find((one) => one === consent) ?? wrong(`marketing is one of ${consents.join(", ")}.`));
  const wish: CustomerWish = { account: flag(body, "account"), tags: texts(body, "tags"), marketing };
  for (const field of ["email", "firstName", "lastName", "phone"] as const) {
    if (field in body) wish[field] = text(body, field) ?? null;
  }
  if ("locale" in body) wish.locale = text(body, "locale");
  if ("birthDate" in body) wish.birthDate = text(body, "birthDate") ?? null;
  if ("country" in body) wish.country = text(body, "country");
  return wish;
}
