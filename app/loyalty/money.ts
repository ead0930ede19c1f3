/** Amounts are whole minor units (cents, yen, fils) of the shop's currency. */
export type Minor = number;
export type Money = { minor: Minor; currency: string };

const exponents = new Map<string, number>();

/** Digits behind the point: USD 2, JPY 0, KWD 3 (ISO 4217, as Intl knows them). */
export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/**
 * Reads a decimal string such as "12.34" into minor units. Shopify writes some currencies with more digits
 * than they have ("1000.00" yen): what lies beyond is rounded half away from zero.
 * @throws RangeError for anything that is not a decimal number, or too large to be exact
 */
export function minorOf(decimal: string | number, currency: string): Minor {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(decimal).trim());
  if (!match) throw new RangeError(`"${decimal}" is not an amount of money.`);
  const [, sign, whole = "0", fraction = ""] = match;
  const exponent = exponentOf(currency);
  const kept = fraction.slice(0, exponent).padEnd(exponent, "0");
  const up = Number(fraction[exponent] ?? "0") >= 5 ? 1 : 0;
  const minor = Number(whole + kept) + up;
  if (!Number.isSafeInteger(minor)) throw new RangeError(`"${decimal}" is too large to be exact.`);
  return sign && minor !== 0 ? -minor : minor;
}

/** The decimal string that Shopify's API takes: 500 USD is "5.00", 500 JPY is "500". */
export function decimalOf(minor: Minor, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return minor < 0 ? `-${text}` : text;
}

/** "$5", "$5.50", "¥500": whole amounts are said without zeros. */
export function sayMoney(minor: Minor, currency: string, locale = "en"): string {
  const exponent = exponentOf(currency);
  const whole = minor % 10 ** exponent === 0;
  // The string, not the number, is formatted: a float would lose the last digits of large sums.
  const decimal = decimalOf(minor, currency) as `${number}`;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: whole ? 0 : exponent,
    maximumFractionDigits: whole ? 0 : exponent,
  }).format(decimal as unknown as number);
}
