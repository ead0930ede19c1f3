/**
 * Decision 0016 read a second time, as plainly as it can be: exact fractions, one step after the other, nothing shared
 * with the engine and nothing quick. What both come to has to be the same.
 */
export type PlainRule = {
  award: { kind: "per amount" | "percent back" | "fixed" | "per item"; points: number; per: number };
  /** Only the lines of this SKU; null for all of the order. */
  sku: string | null;
  minimum: number | null;
  group: string | null;
  judgesAgain: boolean;
  boosted: boolean;
  /** What its limit of the day has left; null where it has none. */
  left: number | null;
  budget: "retention" | "acquisition";
};
export type PlainBoost = { times: number; sku: string | null; rule: number | null };
/** A line as it was sold and as it now counts; never of what never earns. */
export type PlainLine = { sku: string; sold: number; counts: number; quantity: number; remaining: number };
export type PlainCase = {
  rules: PlainRule[];
  boosts: PlainBoost[];
  lines: PlainLine[];
  shipping: { sold: number; counts: number };
  refundedWithoutLines: number;
  rounding: "down" | "nearest" | "up";
  together: "multiply" | "highest";
  mostPerOrder: number | null;
  room: Partial<Record<"retention" | "acquisition", number>>;
};

type Fraction = readonly [bigint, bigint];
const of = (n: number | bigint, d: number | bigint = 1): Fraction => [BigInt(n), BigInt(d)];
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What each rule gives, in the order of the rules. */
export function secondReading(given: PlainCase): number[] {
  const now = afterRefund(given);
  const results = given.rules.map((rule, n) => {
    const isThere = (line: PlainLine) => (rule.judgesAgain ? line.remaining : line.quantity) > 0;
    const places = rule.sku === null ? null : given.lines.flatMap((line, at) => (line.sku === rule.sku && isThere(line) ? [at] : []));
    const asked = rule.judgesAgain ? now : asSold(given);
    if (places?.length === 0 || (rule.minimum !== null && amountOf(asked, places) < rule.minimum)) return { rule, n, worth: -1, points: 0 };
    return {
      rule,
      n,
      worth: Math.min(boostedAward(given, n, places, asked), rule.left ?? Number.POSITIVE_INFINITY),
      points: boostedAward(given, n, places, now),
    };
  });
  for (const group of new Set(given.rules.flatMap((rule) => rule.group ?? []))) {
    const rivals = results.filter((one) => one.rule.group === group && one.worth >= 0);
    const [best] = [...rivals].sort((a, b) => b.worth - a.worth || a.n - b.n);
    for (const one of rivals) if (one !== best) one.points = 0;
  }
  for (const one of results) if (one.rule.left !== null) one.points = Math.min(one.points, one.rule.left);
  if (given.mostPerOrder !== null) share(results, given.mostPerOrder);
  for (const [budget, room] of Object.entries(given.room))
    share(
      results.filter((one) => one.rule.budget === budget),
      room,
    );
  return results.map((one) => one.points);
}

type Amounts = { of: number[]; pieces: number[]; shipping: number };

const asSold = ({ lines, shipping }: PlainCase): Amounts => ({
  of: lines.map((line) => line.sold),
  pieces: lines.map((line) => line.quantity),
  shipping: shipping.sold,
});

function afterRefund({ lines, shipping, refundedWithoutLines }: PlainCase): Amounts {
  const counts = [...lines.map((line) => line.counts), shipping.counts];
  const taken = largestRemainder(Math.min(sum(counts), refundedWithoutLines), counts);
  const left = counts.map((amount, at) => amount - (taken[at] ?? 0));
  return { of: left.slice(0, -1), pieces: lines.map((line) => line.remaining), shipping: left.at(-1) ?? 0 };
}

const amountOf = (amounts: Amounts, places: readonly number[] | null): number =>
  places === null ? sum(amounts.of) + amounts.shipping : sum(places.map((at) => amounts.of[at] ?? 0));

function boostedAward(given: PlainCase, n: number, places: readonly number[] | null, amounts: Amounts): number {
  const { award, boosted } = given.rules[n] as PlainRule;
  const chosen = places ?? given.lines.map((_, at) => at);
  const amount = amountOf(amounts, places);
  // Free pieces, and those of which all money came back, are none.
  const pieces = chosen.map((at) => ((amounts.of[at] ?? 0) > 0 ? (amounts.pieces[at] ?? 0) : 0));
  const byPieces = award.kind === "per item";
  const exact = {
    "per amount": of(amount * award.points, award.per),
    "percent back": of(amount * award.points, 10_000 * award.per),
    fixed: of(amount > 0 ? award.points : 0),
    "per item": of(sum(pieces) * award.points),
  }[award.kind];
  const weights = byPieces ? [...pieces, 0] : [...chosen.map((at) => amounts.of[at] ?? 0), places === null ? amounts.shipping : 0];
  const all = sum(weights);
  if (exact[0] === 0n || all === 0) return 0;
  const raised = weights.map((weight, at) => times(of(weight, all), of(boosted ? factor(given, n, chosen[at] ?? null) : 10_000, 10_000)));
  return rounded(times(exact, raised.reduce(plus, of(0))), given.rounding);
}

// What belongs to no line is raised by boosts of everything only.
function factor({ boosts, lines, together }: PlainCase, n: number, at: number | null): number {
  const factors = boosts
    .filter(({ rule }) => rule === null || rule === n)
    .filter(({ sku }) => sku === null || (at !== null && lines[at]?.sku === sku && (lines[at]?.quantity ?? 0) > 0))
    .map((one) => one.times);
  if (together === "highest") return factors.length === 0 ? 10_000 : Math.max(...factors);
  // Rounded down once, to hundredths of a per cent.
  return Number((factors.reduce((product, one) => product * BigInt(one), 1n) * 10_000n) / 10_000n ** BigInt(factors.length));
}

function rounded([n, d]: Fraction, rounding: PlainCase["rounding"]): number {
  const [down, rest] = [n / d, n % d];
  const isMore = { down: false, nearest: rest * 2n >= d && rest > 0n, up: rest > 0n }[rounding];
  return Number(isMore ? down + 1n : down);
}

function share(results: { points: number }[], allowed: number): void {
  if (sum(results.map((one) => one.points)) <= allowed) return;
  const parts = largestRemainder(
    allowed,
    results.map((one) => one.points),
  );
  results.forEach((one, at) => {
    one.points = parts[at] ?? 0;
  });
}

/** Hamilton's method: everybody's whole share, and what is over to the largest remainders, of equal ones the earlier. */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const all = BigInt(sum(weights));
  if (total === 0 || all === 0n) return weights.map(() => 0);
  const parts = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / all));
  const byRemainder = weights
    .map((weight, at) => ({ at, rest: (BigInt(total) * BigInt(weight)) % all }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest < b.rest ? 1 : -1));
  for (const { at } of byRemainder.slice(0, total - sum(parts))) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}
