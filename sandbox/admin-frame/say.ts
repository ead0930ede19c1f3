// How the pages write amounts, days and names.

import { digitsOf } from "../money.ts";
import type { Customer, Instant, Minor, Shop } from "../world.ts";

export function money(minor: Minor, currency: string, locale = "en"): string {
  const digits = digitsOf(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(minor / 10 ** digits);
}

export const day = (at: Date | Instant, shop: Shop): string =>
  new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: shop.timeZone }).format(new Date(at));

export const moment = (at: Date | Instant, shop: Shop): string =>
  new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: shop.timeZone }).format(new Date(at));

export const customerName = (customer: Customer | undefined): string =>
  [customer?.firstName, customer?.lastName].filter(Boolean).join(" ") ||
  customer?.email ||
  (customer ? `Customer ${customer.id}` : "No customer");

export const words = (text: string): string => {
  const plain = text.replaceAll("_", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};
