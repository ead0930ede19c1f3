// Amounts in Liquid: hundredths of the currency's main unit, whatever the currency, as Shopify has them.

import { digitsOf } from "../../money.ts";
import type { Minor } from "../../world.ts";

export const toLiquid = (minor: Minor, currency: string): number => Math.round((minor * 100) / 10 ** digitsOf(currency));

export function moneyText(
  hundredths: number,
  currency: string,
  locale: string,
  options: { code?: boolean; symbol?: boolean; trailingZeros?: boolean } = {},
): string {
  const { code = false, symbol = true, trailingZeros = true } = options;
  const digits = digitsOf(currency);
  const amount = Math.round((hundredths * 10 ** digits) / 100) / 10 ** digits;
  const fewest = trailingZeros || !Number.isInteger(amount) ? digits : 0;
  const format = new Intl.NumberFormat(locale, {
    ...(symbol ? { style: "currency", currency, currencyDisplay: "narrowSymbol" } : {}),
    minimumFractionDigits: fewest,
    maximumFractionDigits: digits,
  });
  return code ? `${format.format(amount)} ${currency}` : format.format(amount);
}
