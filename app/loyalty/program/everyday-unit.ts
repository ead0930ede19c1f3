import { exponentOf } from "../money.ts";

/** What a dollar is to a price in dollars, in minor units: 100 for a dollar, 1000 for a dinar, and 100 for yen, where a hundred of them buy as much. */
export function everydayUnit(currency: string): number {
  const exponent = exponentOf(currency);
  return exponent === 0 ? 100 : 10 ** exponent;
}
