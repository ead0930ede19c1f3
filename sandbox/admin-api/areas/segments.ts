// Customer segments, with the few filters a loyalty app uses.

import { resolveNamespace } from "../../app-ids.ts";
import { received } from "../../orders.ts";
import type { Segment } from "../../store.ts";
import { type Customer, gid, idOf } from "../../world.ts";
import { type Area, type Args, type Ask, type Fields, failure, userError } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyV2 } from "../money-fields.ts";
import { matcher } from "../search.ts";
import { count, displayName, ordersOf } from "./customers.ts";
import { metafieldFields } from "./metafields.ts";

type Test = (customer: Customer, ask: Ask) => boolean;

const segment: Fields<Segment> = {
  id: ({ id }) => gid("Segment", id),
  creationDate: ({ createdAt }) => createdAt,
  lastEditDate: ({ updatedAt }) => updatedAt,
};

const spent = (customer: Customer, ask: Ask): number => ordersOf(ask, customer).reduce((sum, order) => sum + received(order), 0);

const member: Fields<Customer> = {
  ...metafieldFields("Customer"),
  id: ({ id }) => gid("CustomerSegmentMember", id),
  displayName,
  numberOfOrders: (one, _, ask) => String(ordersOf(ask, one).length),
  amountSpent: (one, _, ask) => moneyV2(spent(one, ask), ask.shop.currency),
};

export const segmentsArea: Area = {
  QueryRoot: {
    segment: (_source: object, { id }, { state }) => {
      const found = state.segments.get(idOf(id));
      if (!found) throw failure("Segment does not exist", "NOT_FOUND");
      return found;
    },
    segments: (_source: object, args, ask) =>
      connection(
        ask,
        [...ask.state.segments.values()].filter(
          matcher(args.query, { text: ({ name }: Segment) => name, fields: { name: ({ name }) => name } }),
        ),
        args,
        { id: ({ id }) => id },
      ),
    segmentsCount: (_source: object, { limit }, { state }) => count(state.segments.size, limit),
    customerSegmentMembership: (_source: object, { customerId, segmentIds }, ask) => {
      const customer = ask.state.customers.get(idOf(customerId));
      return {
        memberships: segmentIds.map((id: string) => {
          const found = ask.state.segments.get(idOf(id));
          return { segmentId: id, isMember: Boolean(customer && found && isMember(customer, found, ask)) };
        }),
      };
    },
    customerSegmentMembers: (_source: object, args, ask) => {
      const found = args.segmentId ? ask.state.segments.get(idOf(args.segmentId)) : undefined;
      if (args.segmentId && !found) throw failure("Segment does not exist", "NOT_FOUND");
      const test = read(found?.query ?? args.query ?? "");
      if (typeof test === "string") throw failure(test, "BAD_REQUEST");
      const members = [...ask.state.customers.values()].filter((one) => test(one, ask) || found?.members?.includes(one.id));
      const page = connection(ask, members, args, { id: ({ id }) => id, most: 1000 });
      return { ...page, statistics: null };
    },
  },
  Mutation: { segmentCreate: create, segmentUpdate: update, segmentDelete: remove },
  Segment: segment,
  CustomerSegmentMember: member,
};

export function isMember(customer: Customer, { query, members }: Segment, ask: Ask): boolean {
  if (members?.includes(customer.id)) return true;
  const test = read(query);
  return typeof test !== "string" && test(customer, ask);
}

function create(_source: object, { name, query }: Args, ask: Ask): object {
  const { world, state, shop } = ask;
  const fault = nameFault(name) ?? queryFault(query);
  if (fault) return { segment: null, userErrors: [fault] };
  const at = world.clock.now().toISOString();
  const made: Segment = { id: world.nextId(), name, query, createdAt: at, updatedAt: at };
  state.segments.set(made.id, made);
  world.changed(shop.handle, "segments", made.id);
  return { segment: made, userErrors: [] };
}

function update(_source: object, { id, name, query }: Args, { world, state, shop }: Ask): object {
  const no = (...errors: object[]): object => ({ segment: null, userErrors: errors });
  if (name === undefined && query === undefined) return no(userError(null, "At least one attribute to change must be present"));
  const found = state.segments.get(idOf(id));
  if (!found) return no(userError("id", "Segment does not exist"));
  const fault = (name === undefined ? null : nameFault(name)) ?? (query === undefined ? null : queryFault(query));
  if (fault) return no(fault);
  Object.assign(found, { name: name ?? found.name, query: query ?? found.query, updatedAt: world.clock.now().toISOString() });
  world.changed(shop.handle, "segments", found.id);
  return { segment: found, userErrors: [] };
}

function remove(_source: object, { id }: Args, { world, state, shop }: Ask): object {
  const found = state.segments.get(idOf(id));
  if (!found) return { deletedSegmentId: null, userErrors: [userError("id", "Segment does not exist")] };
  state.segments.delete(found.id);
  world.changed(shop.handle, "segments", found.id);
  return { deletedSegmentId: gid("Segment", found.id), userErrors: [] };
}

function nameFault(name: string | null) {
  if (!name?.trim()) return userError("name", "Name can't be blank");
  return name.length > 255 ? userError("name", "Name is too long (maximum is 255 characters)") : null;
}

function queryFault(query: string | null) {
  if (!query?.trim()) return userError("query", "Query can't be blank");
  if (query.length > 5000) return userError("query", "Query is too long (maximum is 5000 characters)");
  const test = read(query);
  return typeof test === "string" ? userError("query", `Query ${test}`) : null;
}

/** The test a query stands for, or what is wrong with it. */
function read(query: string): Test | string {
  const tests: Test[] = [];
  for (const clause of query.split(/\s+AND\s+/)) {
    const test = readClause(clause.trim());
    if (!test) return `Line 1 Column ${query.indexOf(clause)}: '${clause.trim().split(/\s/)[0]}' filter cannot be found.`;
    tests.push(test);
  }
  return (customer, ask) => tests.every((test) => test(customer, ask));
}

function readClause(clause: string): Test | null {
  const tag = /^customer_tags (NOT )?CONTAINS '([^']+)'$/.exec(clause);
  if (tag) return ({ tags }) => tags.some((one) => one.toLowerCase() === tag[2]?.toLowerCase()) !== Boolean(tag[1]);
  const number = /^(number_of_orders|amount_spent|metafields\.[\w-]+\.[\w-]+) (=|>=|<=|>|<) '?([\d.]+)'?$/.exec(clause);
  if (!number) return null;
  const [, field = "", sign = "=", wanted = "0"] = number;
  return (customer, ask) => compares(valueOfFilter(field, customer, ask), sign, Number(wanted));
}

function valueOfFilter(field: string, customer: Customer, ask: Ask): number {
  if (field === "number_of_orders") return ordersOf(ask, customer).length;
  if (field === "amount_spent") return spent(customer, ask) / 100;
  const [, namespace = "", key = ""] = field.split(".");
  return Number(
    customer.metafields.find((one) => one.namespace === resolveNamespace(ask.app, namespace) && one.key === key)?.value ?? Number.NaN,
  );
}

function compares(value: number, sign: string, wanted: number): boolean {
  if (sign === "=") return value === wanted;
  if (sign === ">") return value > wanted;
  if (sign === "<") return value < wanted;
  return sign === ">=" ? value >= wanted : value <= wanted;
}
