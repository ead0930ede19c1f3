// Money as the Admin API writes it: MoneyV2 with at least one decimal, and the bag of shop and buyer currency.

import { decimal, digitsOf, rounded } from "../money.ts";
import type { Minor, Order } from "../world.ts";

export type MoneyV2 = { amount: string; currencyCode: string };
export type MoneyBag = { shopMoney: MoneyV2; presentmentMoney: MoneyV2 };

/** 1000 of dollars is "10.0". */
export function moneyV2(minor: Minor, currencyCode: string): MoneyV2 {
  const [whole, part = ""] = decimal(minor, currencyCode).split(".");
  return { amount: `${whole}.${part.replace(/0+$/, "") || "0"}`, currencyCode };
}

export function moneyBag(minor: Minor, order: Pick<Order, "currency" | "presentmentCurrency" | "presentmentRate">): MoneyBag {
  const scale = 10 ** (digitsOf(order.presentmentCurrency) - digitsOf(order.currency));
  return {
    shopMoney: moneyV2(minor, order.currency),
    presentmentMoney: moneyV2(rounded(minor * order.presentmentRate * scale), order.presentmentCurrency),
  };
}
