/** Points are whole numbers. Nothing in Laurel holds a fraction of a point. */
export type Points = number;

export type PointsName = { one: string; other: string };

/** "1 star", "1,250 stars": the merchant's own word, in the reader's digits. */
export function sayPoints(points: Points, name: PointsName, locale = "en"): string {
  const word = new Intl.PluralRules(locale).select(Math.abs(points)) === "one" ? name.one : name.other;
  return `${new Intl.NumberFormat(locale).format(points)} ${word}`;
}

/** Rounded down: what a share is worth when the rest must not be given away. */
export function roundDown(numerator: bigint | number, denominator: bigint | number): number {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  if (d <= 0n) throw new RangeError("A share needs a positive denominator.");
  const quotient = n / d;
  return Number(n < 0n && n % d !== 0n ? quotient - 1n : quotient);
}

/** Rounded up: what a part costs when a fraction of it was used. */
export const roundUp = (numerator: bigint | number, denominator: bigint | number): number => 0 - roundDown(-BigInt(numerator), denominator);

/**
 * Spreads a whole number over weights so that the parts sum to it exactly (largest remainder, Hamilton's method).
 * Equal remainders go to the earlier part. Weights of zero get nothing unless all are zero.
 */
export function spread(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  let sum = 0;
  let least = 0;
  for (let n = 0; n < weights.length; n += 1) {
    const weight = weights[n] ?? 0;
    sum += weight;
    if (weight < least) least = weight;
  }
  if (total === 0) return new Array<number>(weights.length).fill(0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const isSmall = total > 0 && least === 0 && Number.isSafeInteger(total * sum);
  return isSmall ? spreadSmall(total, weights, sum) : spreadLarge(total, weights, sum);
}

// Numbers are exact here, as no product of two of these is larger than total × sum.
function spreadSmall(total: number, weights: readonly number[], sum: number): number[] {
  const parts = new Array<number>(weights.length);
  let over = total;
  for (let n = 0; n < weights.length; n += 1) {
    const share = total * (weights[n] ?? 0);
    const part = (share - (share % sum)) / sum;
    parts[n] = part;
    over -= part;
  }
  return over === 0 ? parts : withRemainders(parts, over, (n) => (total * (weights[n] ?? 0)) % sum);
}

// Of equal remainders the earlier; what got its one more has none left.
function withRemainders(parts: number[], over: number, restOf: (n: number) => number): number[] {
  const rests = parts.map((_, n) => restOf(n));
  for (let left = over; left > 0; left -= 1) {
    let best = 0;
    for (let at = 1; at < rests.length; at += 1) if ((rests[at] ?? 0) > (rests[best] ?? 0)) best = at;
    parts[best] = (parts[best] ?? 0) + 1;
    rests[best] = -1;
  }
  return parts;
}

function spreadLarge(total: number, weights: readonly number[], sum: number): number[] {
  const exact = weights.map((weight) => ({
    floor: roundDown(BigInt(total) * BigInt(weight), sum),
    rest: mod(BigInt(total) * BigInt(weight), BigInt(sum)),
  }));
  let over = total - exact.reduce((a, part) => a + part.floor, 0);
  const byRest = exact
    .map((part, index) => ({ index, rest: part.rest }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
  const parts = exact.map((part) => part.floor);
  for (const { index } of byRest) {
    if (over <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    over -= 1;
  }
  return parts;
}

const mod = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;
