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

/** Adds without losing a digit. */
export function plus(a: bigint | number, b: bigint | number): bigint | number {
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a + b)) return a + b;
  return BigInt(a) + BigInt(b);
}

/** The least number that both divide. */
export function leastCommonMultiple(a: bigint | number, b: bigint | number): bigint | number {
  let [greater, less] = [BigInt(a), BigInt(b)];
  while (less > 0n) [greater, less] = [less, greater % less];
  return asNumber((BigInt(a) / greater) * BigInt(b));
}

/** A number where it is exact as one: numbers are quicker, and JSON has them. */
export const asNumber = (value: bigint | number): bigint | number =>
  typeof value === "bigint" && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;

/** Weights that can be summed as numbers: beyond that they are scaled down together, which moves no more than a remainder. */
export function asWeights(parts: (bigint | number)[]): number[] {
  const sum = parts.reduce(plus, 0);
  // A sum that is a number was made of numbers.
  if (typeof sum === "number") return parts as number[];
  const scale = sum / BigInt(Number.MAX_SAFE_INTEGER) + 1n;
  return parts.map((part) => Number(BigInt(part) / scale));
}

/**
 * The most of a unit that one rule gives for one occasion. Nobody means more: it is what a slip of the pen costs at
 * worst, and keeps every sum a safe number.
 */
export const mostAtOnce = 10_000_000_000_000;

/** Rounds a fraction that is not negative to a whole number, in the named way, and to `mostAtOnce` at most. */
export function rounded({ numerator, denominator }: Fraction, rounding: Rounding): number {
  if (typeof numerator === "number" && typeof denominator === "number" && Number.isSafeInteger(numerator * 2 + denominator)) {
    const rest = numerator % denominator;
    const down = (numerator - rest) / denominator;
    const more = rest !== 0 && (rounding === "up" || (rounding === "nearest" && rest * 2 >= denominator));
    return Math.min(mostAtOnce, more ? down + 1 : down);
  }
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const down = n / d;
  const rest = n % d;
  const more = rounding === "up" ? rest > 0n : rounding === "nearest" && rest * 2n >= d;
  return Math.min(mostAtOnce, Number(more ? down + 1n : down));
}
