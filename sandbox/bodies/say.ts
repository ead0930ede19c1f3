// The alphabet of Shopify's REST bodies: ids as numbers, instants in the shop's zone, amounts in both currencies.

import { createHash } from "node:crypto";
import { decimal, digitsOf, rounded } from "../money.ts";
import { type Instant, idOf, type Minor, type Order, type Shop } from "../world.ts";

/** An id is written as a number however long it is, which JSON.stringify of a number could not do. */
export const number = (id: string): unknown => JSON.rawJSON(idOf(id));
export const numberOrNull = (id: string | null): unknown => (id === null ? null : number(id));

const formats = new Map<string, Intl.DateTimeFormat>();

/** Such as 2026-11-21T16:05:00-05:00. */
export function zoned(instant: Instant | null, shop: Pick<Shop, "timeZone">): string | null {
  if (instant === null) return null;
  let format = formats.get(shop.timeZone);
  if (!format) {
    const parts = {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone: shop.timeZone, timeZoneName: "longOffset", ...parts });
    formats.set(shop.timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const offset = part.timeZoneName === "GMT" ? "+00:00" : String(part.timeZoneName).slice(3);
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`;
}

/** What the buyer saw for an amount of the shop's. */
export function presentment(order: Order, amount: Minor): Minor {
  return rounded(amount * order.presentmentRate * 10 ** (digitsOf(order.presentmentCurrency) - digitsOf(order.currency)));
}

export function moneySet(order: Order, amount: Minor) {
  return {
    shop_money: { amount: decimal(amount, order.currency), currency_code: order.currency },
    presentment_money: { amount: decimal(presentment(order, amount), order.presentmentCurrency), currency_code: order.presentmentCurrency },
  };
}

/** An amount and its set, as total_price and total_price_set. */
export function both(name: string, order: Order, amount: Minor) {
  return { [name]: decimal(amount, order.currency), [`${name}_set`]: moneySet(order, amount) };
}

/** A token that is always the same for the same thing. */
export const tokenOf = (of: string): string => createHash("md5").update(of).digest("hex");
