// Reads what a control call carries. What is wrong with it is said in a sentence.

import type { Request } from "express";
import { isRefused, type Refused } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import { type Customer, idOf, type Order } from "../world.ts";

/** Express passes it on to control.ts, which answers with its status and sentence. */
export class ControlError extends Error {
  readonly status: 400 | 404;
  constructor(status: 400 | 404, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

export const wrong = (sentence: string): never => {
  throw new ControlError(400, sentence);
};
const missing = (sentence: string): never => {
  throw new ControlError(404, sentence);
};

/** What was asked for, or 400 with the reason for which it was refused. */
export const granted = <T>(answer: T | Refused): T => (isRefused(answer) ? wrong(answer.refused) : (answer as T));

export const shopOf = (world: World, request: Request): ShopState =>
  world.shops.get(request.params.shop ?? "") ?? missing(`There is no shop ${request.params.shop}.`);

export const orderOf = (state: ShopState, request: Request): Order => {
  const asked = request.params.id ?? "";
  return (
    state.orders.get(idOf(asked)) ??
    [...state.orders.values()].find((order) => order.name === asked || `#${asked}` === order.name) ??
    missing(`There is no order ${asked}.`)
  );
};

export const customerOf = (state: ShopState, request: Request): Customer =>
  state.customers.get(idOf(request.params.id ?? "")) ?? missing(`There is no customer ${request.params.id}.`);

/** A record by its id, which may come as a number, a text or a gid. */
export const named = <T>(what: string, table: Map<string, T>, asked: string): T =>
  table.get(idOf(asked)) ?? missing(`There is no ${what} ${asked}.`);

export type Body = Record<string, unknown>;
export const bodyOf = (request: Request): Body => (request.body && typeof request.body === "object" ? (request.body as Body) : {});

export function text(body: Body, field: string): string | undefined {
  const value = body[field];
  return value === undefined || value === null
    ? undefined
    : typeof value === "string" || typeof value === "number"
      ? String(value)
      : wrong(`${field} is a text.`);
}

/** An id may come as a number, a text or a gid. */
export const id = (body: Body, field: string): string | undefined => {
  const value = text(body, field);
  return value === undefined ? undefined : idOf(value);
};

export function whole(body: Body, field: string): number | undefined {
  const value = body[field];
  return value === undefined || value === null
    ? undefined
    : typeof value === "number" && Number.isInteger(value)
      ? value
      : wrong(`${field} is a whole number.`);
}

export function fraction(body: Body, field: string): number | undefined {
  const value = body[field];
  return value === undefined || value === null
    ? undefined
    : typeof value === "number" && value >= 0 && value <= 1
      ? value
      : wrong(`${field} is a number from 0 to 1.`);
}

export function flag(body: Body, field: string): boolean | undefined {
  const value = body[field];
  return value === undefined || value === null ? undefined : typeof value === "boolean" ? value : wrong(`${field} is true or false.`);
}

export function texts(body: Body, field: string): string[] | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value.split(",").map((one) => one.trim());
  return Array.isArray(value) ? value.map(String) : wrong(`${field} is a list.`);
}

export function rows(body: Body, field: string): Body[] | undefined {
  const value = body[field];
  return value === undefined || value === null ? undefined : Array.isArray(value) ? (value as Body[]) : wrong(`${field} is a list.`);
}

export function instant(body: Body, field: string): string | undefined {
  const value = text(body, field);
  if (value === undefined) return undefined;
  const millis = Date.parse(value);
  return Number.isNaN(millis) ? wrong(`${field} is an instant, such as 2026-11-21T12:00:00Z.`) : new Date(millis).toISOString();
}

/** What every change may carry: when it happened and whether it shares its second with the last one. */
export const when = (body: Body) => ({ at: instant(body, "at"), sameSecond: flag(body, "sameSecond") });
