import type { Basket, Share } from "./award-kind.ts";
import type { CompiledBoost } from "./compile-rule.ts";
import { asWeights, type Fraction, plus, times } from "./fraction.ts";
import type { BoostTrace } from "./judgement.ts";

/** A boost that holds for this occasion: for all of it, or for some of its items (by their place in the order). */
export type ActiveBoost = { boost: CompiledBoost["boost"]; rules: ReadonlySet<string> | null; items: ReadonlySet<number> | null };

/** Hundredths of a per cent: what is not boosted is multiplied by one. */
const plain = 10_000;

export type Boosted = { fraction: Fraction; weights: readonly number[]; boosts: readonly BoostTrace[] };

const unboosted: readonly BoostTrace[] = [];

/**
 * Multiplies a share by the boosts that hold for its rule. Boosts that hold for some items multiply those items'
 * part only. Several multiply each other (their product rounded down to hundredths of a per cent), or the highest
 * of them counts, as the programme says.
 *
 * Weights say how the points are spread: one for each item of the basket, and the last for its shipping.
 */
export function boosted(
  share: Share,
  basket: Basket,
  places: readonly number[] | null,
  active: readonly ActiveBoost[],
  together: "multiply" | "highest",
): Boosted {
  const boosts = active.length === 0 ? active : active.filter((one) => reaches(one, basket, places));
  // Most awards are neither: their fraction is the share itself.
  if (boosts.length === 0 && !share.weights) return { fraction: share, weights: basket.weights, boosts: unboosted };
  const weights = weightsOf(share, basket);
  const plainly = { fraction: share, weights: asWeights(weights), boosts: unboosted };
  // A number or a bigint: both are nothing when they equal zero.
  if (boosts.length === 0 || Number(share.numerator) === 0) return plainly;

  // The last factor is for shipping, and for what belongs to no item: only a boost of everything reaches it.
  const factors = weights.map((_, at) => {
    const item = at < basket.items.length ? (places?.[at] ?? at) : null;
    const holding = boosts.filter((one) => one.items === null || (item !== null && one.items.has(item)));
    return combine(
      holding.map((one) => one.boost.times),
      together,
    );
  });
  const traces = boosts.map(({ boost, items }) => ({ id: boost.id, name: boost.name, times: boost.times, onItems: items !== null }));
  const total = weights.reduce(plus, 0);
  const [first = plain] = factors;
  // Without weights nothing can be told apart: only boosts of everything count.
  const even = Number(total) === 0 ? factors.at(-1) : factors.every((one) => one === first) ? first : undefined;
  if (even !== undefined) {
    if (even === plain) return { ...plainly, boosts: traces };
    const fraction = { numerator: times(share.numerator, even), denominator: times(share.denominator, plain) };
    return { ...plainly, fraction, boosts: traces };
  }
  const raised = weights.map((weight, at) => times(weight, factors[at] ?? plain));
  const sum = raised.reduce(plus, 0);
  return {
    fraction: { numerator: times(share.numerator, sum), denominator: times(times(share.denominator, total), plain) },
    weights: asWeights(raised),
    boosts: traces,
  };
}

// One of items that the rule did not choose multiplies nothing, and is not told.
const reaches = ({ items: boosted }: ActiveBoost, { items }: Basket, places: readonly number[] | null): boolean =>
  boosted === null || items.some((_, at) => boosted.has(places?.[at] ?? at));

// Ten thousand times: whoever multiplies more has mistyped.
const highest = 100_000_000;

/** Several boosts as one, rounded once: their order makes no difference. */
export function combine(factors: readonly number[], together: "multiply" | "highest"): number {
  if (factors.length < 2) return factors[0] ?? plain;
  if (together === "highest") return Math.max(...factors);
  const product = factors.reduce((all, one) => all * BigInt(one), 1n);
  return Math.min(highest, Number(product / BigInt(plain) ** BigInt(factors.length - 1)));
}

function weightsOf({ weights }: Share, { items, weights: amounts }: Basket): (bigint | number)[] {
  if (!weights) return [...amounts];
  return weights.length > items.length ? weights : [...weights, 0];
}
