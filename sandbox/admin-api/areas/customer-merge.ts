// Two customers become one.

import { touchCustomer } from "../../customers.ts";
import { tidyTags } from "../../tags.ts";
import { type Customer, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, failure, type UserError } from "../ask.ts";
import { displayName } from "./customers.ts";
import { jobOf } from "./jobs.ts";

export const customerMergeArea: Area = { QueryRoot: { customerMergePreview: preview }, Mutation: { customerMerge: merge } };

function preview(_source: object, { customerOneId, customerTwoId }: Args, ask: Ask): object {
  const [one, two, faults] = bothOf(ask, customerOneId, customerTwoId);
  if (!one || !two || faults.length > 0)
    return {
      resultingCustomerId: null,
      customerMergeErrors: faults.map(({ message }) => ({ errorFields: [], message })),
      blockingFields: null,
    };
  return { resultingCustomerId: gid("Customer", survivorOf(one, two).id), customerMergeErrors: null, blockingFields: null };
}

function merge(_source: object, { customerOneId, customerTwoId }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const [one, two, faults] = bothOf(ask, customerOneId, customerTwoId);
  if (!one || !two || faults.length > 0) return { job: null, resultingCustomerId: null, userErrors: faults };
  const kept = survivorOf(one, two);
  const gone = kept === one ? two : one;

  for (const order of state.orders.values()) {
    if (order.customerId !== gone.id) continue;
    order.customerId = kept.id;
    world.changed(shop.handle, "orders", order.id);
  }
  kept.tags = tidyTags([...kept.tags, ...gone.tags]);
  kept.note = [kept.note, gone.note].filter(Boolean).join(" ") || null;
  kept.email ??= gone.email;
  kept.phone ??= gone.phone;
  kept.firstName ??= gone.firstName;
  kept.lastName ??= gone.lastName;
  // Where both have a metafield the survivor's stays.
  for (const field of gone.metafields) {
    if (!kept.metafields.some(({ namespace, key }) => namespace === field.namespace && key === field.key)) kept.metafields.push(field);
  }
  touchCustomer(world, state, kept);
  state.customers.delete(gone.id);
  world.changed(shop.handle, "customers", gone.id);
  world.events.emit(shop.handle, "customers/merge", { merge: { keptId: kept.id, deletedId: gone.id } });
  return { job: jobOf(ask), resultingCustomerId: gid("Customer", kept.id), userErrors: [] };
}

function bothOf({ state }: Ask, oneId: string, twoId: string): [Customer | undefined, Customer | undefined, UserError[]] {
  if (oneId === twoId) throw failure("Customers must be different.", "BAD_REQUEST");
  const found = [oneId, twoId].map((id) => state.customers.get(idOf(id)));
  const faults: UserError[] = [];
  for (const [index, customer] of found.entries()) {
    const field = index === 0 ? "customerOneId" : "customerTwoId";
    const no = (message: string, code: string) => faults.push({ field: [field], message, code });
    if (!customer) no(`Customer does not exist with ID ${idOf(index === 0 ? oneId : twoId)}`, "INVALID_CUSTOMER_ID");
    else if ([...state.giftCards.values()].some((card) => card.customerId === customer.id))
      no(`${displayName(customer)} has gift cards and can’t be merged.`, "INVALID_CUSTOMER");
  }
  const [one, two] = found;
  if (one && two) {
    const both = (message: string) =>
      faults.push(
        { field: ["customerOneId"], message, code: "INVALID_CUSTOMER" },
        { field: ["customerTwoId"], message, code: "INVALID_CUSTOMER" },
      );
    if (tidyTags([...one.tags, ...two.tags]).length > 250) both("Customers must have 250 tags or less.");
    if ((one.note?.length ?? 0) + (two.note?.length ?? 0) > 5000) both("Customer notes must be 5,000 characters or less.");
  }
  return [one, two, faults];
}

/** The one with an e-mail, else the one with an account, else the second. */
function survivorOf(one: Customer, two: Customer): Customer {
  if (Boolean(one.email) !== Boolean(two.email)) return one.email ? one : two;
  if ((one.state === "enabled") !== (two.state === "enabled")) return one.state === "enabled" ? one : two;
  return two;
}
