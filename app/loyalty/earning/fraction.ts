import type { Rounding } from "./judgement.ts";

/** Exact, however large: a float takes over only where it is exact too. */
export type Fraction = { numerator: bigint | number; denominator: bigint | number };

/** Multiplies without losing a digit. */
export function times(a: bigint | number, b: bigint | number): bigint | number {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product;
  }
  return BigInt(a) * BigInt(b);
}

/** Rounds a fraction that is not negative to a whole number, in the named way. */
export function rounded({ numerator, denominator }: Fraction, rounding: Rounding): number {
  if (typeof numerator === "number" && typeof denominator === "number" && Number.isSafeInteger(numerator * 2 + denominator)) {
    const rest = numerator % denominator;
    const down = (numerator - rest) / denominator;
    if (rounding === "down" || rest === 0) return down;
    return rounding === "up" || rest * 2 >= denominator ? down + 1 : down;
  }
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const down = n / d;
  const rest = n % d;
  const more = rounding === "up" ? rest > 0n : rounding === "nearest" && rest * 2n >= d;
  return Number(more ? down + 1n : down);
}
