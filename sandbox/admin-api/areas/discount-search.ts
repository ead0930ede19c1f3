// Finding discounts: by id, by code, by search.

import { discountByCode } from "../../checkout.ts";
import { classOf } from "../../discounts/combine.ts";
import { type Discount, idOf } from "../../world.ts";
import type { Area, Args, Ask } from "../ask.ts";
import { connection } from "../connection.ts";
import { matcher, type Searchable } from "../search.ts";
import { count } from "./customers.ts";
import { statusOf, usesOf } from "./discount-fields.ts";

const types = { basic: ["fixed_amount", "percentage"], bxgy: ["bogo", "bxgy"], "free shipping": ["free_shipping"], app: ["app"] };

export const discountSearch = (ask: Ask): Searchable<Discount> => ({
  text: ({ title }) => title,
  fields: {
    id: ({ id }) => id,
    title: ({ title }) => title,
    // A code is not found by search: there is codeDiscountNodeByCode.
    code: () => null,
    status: (one) => statusOf(one, ask.world.clock.now()),
    tag: ({ tags }) => tags,
    method: ({ method }) => method,
    type: (one) =>
      one.value && "amount" in one.value
        ? ["fixed_amount"]
        : one.value && "basisPoints" in one.value && one.kind === "basic"
          ? ["percentage"]
          : types[one.kind],
    discount_class: (one) => classOf(one),
    times_used: usesOf,
    starts_at: ({ startsAt }) => startsAt,
    ends_at: ({ endsAt }) => endsAt,
    created_at: ({ createdAt }) => createdAt,
    updated_at: ({ updatedAt }) => updatedAt,
  },
});

const sortValues: Record<string, (one: Discount) => string> = {
  TITLE: ({ title }) => title.toLowerCase(),
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  STARTS_AT: ({ startsAt }) => startsAt,
  ENDS_AT: ({ endsAt }) => endsAt ?? "9999",
};

const list = (only?: Discount["method"]) => (_source: object, args: Args, ask: Ask) => {
  const matches = matcher(args.query, discountSearch(ask));
  const found = [...ask.state.discounts.values()].filter((one) => (!only || one.method === only) && matches(one));
  return connection(ask, found, args, { id: ({ id }) => id, sortValue: sortValues[args.sortKey] ?? (({ id }) => Number(id)) });
};

const byId =
  (only?: Discount["method"]) =>
  (_source: object, { id }: { id: string }, { state }: Ask) => {
    const found = state.discounts.get(idOf(id));
    return found && (!only || found.method === only) ? found : null;
  };

export const discountSearchArea: Area = {
  QueryRoot: {
    discountNode: byId(),
    codeDiscountNode: byId("code"),
    automaticDiscountNode: byId("automatic"),
    discountNodes: list(),
    codeDiscountNodes: list("code"),
    automaticDiscountNodes: list("automatic"),
    codeDiscountNodeByCode: (_source: object, { code }, { state }) => discountByCode(state, code) ?? null,
    discountNodesCount: (_source: object, { query, limit }, ask) =>
      count([...ask.state.discounts.values()].filter(matcher(query, discountSearch(ask))).length, limit),
  },
};
