// What a discount takes off each line. A whole amount is shared by largest remainder and never exceeds what is there.

import type { PricedLine } from "../cart.ts";
import { rounded, share } from "../money.ts";
import type { ShopState } from "../shop-state.ts";
import type { Discount, Minor } from "../world.ts";
import { isAmong, isEntitled } from "./eligible.ts";

/** A discount on certain items, among the lines that are open to it. */
export function productAmounts(discount: Discount, lines: PricedLine[], state: ShopState, open: boolean[]): Minor[] {
  const { value } = discount;
  const entitled = lines.map((line, at) => open[at] === true && isEntitled(discount, line, state));
  const basis = lines.map((line, at) => (entitled[at] ? line.subtotal : 0));
  if (!value || "freeShipping" in value) return basis.map(() => 0);
  if ("getQuantity" in value) return buyXGetY(discount, value, lines, entitled, state);
  if ("basisPoints" in value) return basis.map((amount) => percent(amount, value.basisPoints));
  if (value.onEachItem) return lines.map((line, at) => (entitled[at] ? Math.min(line.subtotal, value.amount * line.quantity) : 0));
  return share(Math.min(value.amount, sum(basis)), basis);
}

/** A discount on the whole order: reckoned on what product discounts left, taken from what order discounts left. Gift cards are left out. */
export function takeOrderDiscount(discount: Discount, lines: PricedLine[], afterProducts: Minor[], left: Minor[]): Minor[] {
  const { value } = discount;
  const giftsOut = (amounts: Minor[]) => amounts.map((amount, at) => (lines[at]?.giftCard ? 0 : amount));
  const basis = giftsOut(afterProducts);
  const there = giftsOut(left);
  if (!value || "freeShipping" in value || "getQuantity" in value) return basis.map(() => 0);
  const wanted =
    "basisPoints" in value
      ? percent(sum(basis), value.basisPoints)
      : value.onEachItem
        ? value.amount * sum(lines.map((line) => (line.giftCard ? 0 : line.quantity)))
        : value.amount;
  return share(Math.min(wanted, sum(there)), there);
}

/** The dearest items are bought and the cheapest are got, as often as the cart allows. */
function buyXGetY(
  discount: Discount,
  value: { getQuantity: number; basisPoints: number },
  lines: PricedLine[],
  entitled: boolean[],
  state: ShopState,
): Minor[] {
  const perLine = lines.map(() => 0);
  const { buys } = discount;
  if (!buys) return perLine;
  const units = lines.flatMap((line, at) =>
    Array.from({ length: line.quantity }, () => ({ at, price: line.price, buys: isAmong(buys, line, state), gets: entitled[at] === true })),
  );
  const dearestFirst = [...units].sort((a, b) => b.price - a.price);

  for (let times = 0; times < (discount.usesPerOrder ?? Number.POSITIVE_INFINITY); times += 1) {
    // What can only be bought is bought first, so that it does not use up what could be got.
    const bought: typeof units = [];
    const enough = () =>
      buys.quantity !== null ? bought.length >= buys.quantity : sum(bought.map((unit) => unit.price)) >= (buys.amount ?? 0);
    for (const unit of [...dearestFirst.filter((one) => one.buys && !one.gets), ...dearestFirst.filter((one) => one.buys && one.gets)]) {
      if (enough()) break;
      bought.push(unit);
    }
    if (!enough() || bought.length === 0) break;
    const got = dearestFirst.filter((unit) => unit.gets && !bought.includes(unit)).slice(-value.getQuantity);
    if (got.length < value.getQuantity) break;
    for (const unit of got) perLine[unit.at] = (perLine[unit.at] ?? 0) + percent(unit.price, value.basisPoints);
    for (const unit of [...bought, ...got]) dearestFirst.splice(dearestFirst.indexOf(unit), 1);
  }
  return perLine;
}

const percent = (amount: Minor, basisPoints: number): Minor => rounded((amount * basisPoints) / 10_000);
const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);
