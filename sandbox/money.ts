// Amounts as Shopify writes them: a decimal string with as many digits as the currency has.

import type { Minor } from "./world.ts";

const digitsByCurrency: Record<string, number> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export const digitsOf = (currency: string): number => digitsByCurrency[currency] ?? 2;

export function decimal(minor: Minor, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${whole}` : whole;
}

/** The other way: "12.5" of dollars is 1250. What is finer than a minor unit is rounded half away from zero. */
export function minorOf(amount: string | number, currency: string): Minor {
  const [, sign = "", whole = "0", part = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(String(amount).trim()) ?? [];
  const digits = digitsOf(currency);
  const padded = part.padEnd(digits + 1, "0");
  const minor = Number(`${whole || "0"}${padded.slice(0, digits)}`) + (Number(padded[digits]) >= 5 ? 1 : 0);
  return sign ? -minor : minor;
}

/** Rounded half away from zero, as amounts of money are. */
export const rounded = (amount: number): Minor => Math.sign(amount) * Math.round(Math.abs(amount));

/** Shares a whole amount in proportion to the weights; what is left over goes to the largest remainders, the first of equals. */
export function share(amount: Minor, weights: number[]): Minor[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = exact.map((part) => Number(part / BigInt(sum)));
  const left = amount - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part % BigInt(sum) }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
