// The shop's customers: made, changed, forgotten. Every change is told by webhook.

import { randomUUID } from "node:crypto";
import { instantOf, secondOf, type When } from "./orders/touch.ts";
import { type Refused, refuse } from "./refused.ts";
import type { ShopState } from "./shop-state.ts";
import type { World } from "./store.ts";
import { tidyTags } from "./tags.ts";
import type { Customer } from "./world.ts";

export type CustomerWish = {
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  locale?: string;
  tags?: string[];
  /** true: has an account; false: buys as a guest. */
  account?: boolean;
  marketing?: Customer["marketing"];
  country?: string;
  /** Such as 1990-05-17: the standard metafield facts.birth_date. null: taken away. */
  birthDate?: string | null;
};

export function customerByEmail(state: ShopState, email: string): Customer | undefined {
  const wanted = email.trim().toLowerCase();
  for (const customer of state.customers.values()) if (customer.email?.toLowerCase() === wanted) return customer;
  return undefined;
}

/** The caller has made sure that nobody else has the e-mail. */
export function createCustomer(world: World, state: ShopState, wish: CustomerWish, when: When = {}): Customer {
  const at = instantOf(world, when);
  const customer: Customer = {
    id: world.nextId(),
    firstName: wish.firstName ?? null,
    lastName: wish.lastName ?? null,
    email: wish.email?.trim() ?? null,
    phone: wish.phone ?? null,
    locale: wish.locale ?? state.shop.locale,
    tags: tidyTags(wish.tags ?? []),
    state: wish.account ? "enabled" : "disabled",
    marketing: wish.marketing ?? "NOT_SUBSCRIBED",
    country: wish.country ?? state.shop.country,
    createdAt: at,
    updatedAt: at,
    metafields: [],
    mergedInto: null,
  };
  setBirthDate(world, customer, wish.birthDate, at);
  state.customers.set(customer.id, customer);
  world.changed(state.shop.handle, "customers", customer.id);
  const eventId = randomUUID();
  const { handle } = state.shop;
  world.events.emit(handle, "customers/create", { customer }, { eventId, triggeredAt: when.at });
  if (customer.tags.length > 0)
    world.events.emit(handle, "customer.tags_added", { customer, tags: customer.tags }, { eventId, triggeredAt: when.at });
  return customer;
}

/** Changes what is named and tells of it: tags and accounts have topics of their own beside customers/update. */
export function changeCustomer(
  world: World,
  state: ShopState,
  customer: Customer,
  wish: CustomerWish,
  when: When = {},
): Customer | Refused {
  const taken = wish.email ? customerByEmail(state, wish.email) : undefined;
  if (taken && taken !== customer) return refuse("Email has already been taken");
  const before = { tags: customer.tags, state: customer.state, marketing: customer.marketing };

  for (const field of ["email", "firstName", "lastName", "phone"] as const) if (wish[field] !== undefined) customer[field] = wish[field];
  if (wish.locale !== undefined) customer.locale = wish.locale;
  if (wish.country !== undefined) customer.country = wish.country;
  if (wish.marketing !== undefined) customer.marketing = wish.marketing;
  if (wish.tags !== undefined) customer.tags = tidyTags(wish.tags);
  if (wish.account !== undefined) customer.state = wish.account ? "enabled" : "disabled";
  setBirthDate(world, customer, wish.birthDate, instantOf(world, when));
  touchCustomer(world, state, customer, when);

  const has = (tags: string[], tag: string) => tags.some((one) => one.toLowerCase() === tag.toLowerCase());
  const added = customer.tags.filter((tag) => !has(before.tags, tag));
  const removed = before.tags.filter((tag) => !has(customer.tags, tag));
  const eventId = randomUUID();
  const emit = (topic: string, tags?: string[]) =>
    world.events.emit(state.shop.handle, topic, { customer, tags }, { eventId, triggeredAt: when.at });
  emit("customers/update");
  if (added.length > 0) emit("customer.tags_added", added);
  if (removed.length > 0) emit("customer.tags_removed", removed);
  if (customer.state !== before.state) emit(customer.state === "enabled" ? "customers/enable" : "customers/disable");
  if (customer.marketing !== before.marketing) emit("customers_email_marketing_consent/update");
  return customer;
}

function setBirthDate(world: World, customer: Customer, value: string | null | undefined, updatedAt: string): void {
  if (value === undefined) return;
  customer.metafields = customer.metafields.filter((one) => one.namespace !== "facts" || one.key !== "birth_date");
  if (value !== null)
    customer.metafields.push({ id: world.nextId(), namespace: "facts", key: "birth_date", type: "date", value, updatedAt });
}

export function touchCustomer(world: World, state: ShopState, customer: Customer, when: When = {}): void {
  const at = instantOf(world, when);
  customer.updatedAt = at > customer.updatedAt ? at : secondOf(new Date(Date.parse(customer.updatedAt) + 1000));
  world.changed(state.shop.handle, "customers", customer.id);
}

/** Customers with orders stay. */
export function deleteCustomer(world: World, state: ShopState, customer: Customer): Refused | undefined {
  if ([...state.orders.values()].some((order) => order.customerId === customer.id))
    return refuse("Customer can't be deleted because they have associated orders");
  state.customers.delete(customer.id);
  world.changed(state.shop.handle, "customers", customer.id);
  world.events.emit(state.shop.handle, "customers/delete", { customer });
  return undefined;
}
