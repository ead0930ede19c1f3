import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { channels, countries, customerTags, pick, productCount, productTags, seeded, skuOf, tiers, types, vendors } from "./orders.ts";

/** A question of a rule, by which it is said in every language. */
export type Leaf =
  | { kind: "order amount"; least: number }
  | { kind: "customer tag"; tags: string[] }
  | { kind: "channel"; sources: string[] }
  | { kind: "country"; countries: string[] }
  | { kind: "weekday"; days: number[] }
  | { kind: "tier"; tiers: string[] }
  | { kind: "every nth order"; number: number }
  | { kind: "sku" | "vendor" | "product type" | "product tag"; values: string[] };

/** All of `all`, at least one of `any` where there are any, and none of `none`: what merchants build. */
export type BenchRule = { id: string; all: Leaf[]; any: Leaf[]; none: Leaf[] };

const some = <T>(below: (n: number) => number, from: readonly T[], count: number): T[] => [
  ...new Set(Array.from({ length: count }, () => pick(below, from))),
];

/** Rules as shops have them: thresholds, filters of items, tags, channels, countries, days, tiers and every n-th order. */
export function benchRules(count: number, seed = 11): BenchRule[] {
  const below = seeded(seed);
  const amount = (): Leaf => ({ kind: "order amount", least: 2_000 + below(30) * 1_000 });
  const tag = (): Leaf => ({ kind: "customer tag", tags: some(below, customerTags, 2) });
  const from = (): Leaf => ({ kind: "channel", sources: some(below, Object.keys(channels), 2) });
  const to = (): Leaf => ({ kind: "country", countries: some(below, countries, 2) });
  const on = (): Leaf => ({ kind: "weekday", days: [1 + below(7)] });
  const tier = (): Leaf => ({ kind: "tier", tiers: some(below, tiers, 2) });
  const nth = (): Leaf => ({ kind: "every nth order", number: 2 + below(9) });
  const sku = (): Leaf => ({
    kind: "sku",
    values: some(
      below,
      Array.from({ length: productCount }, (_, n) => skuOf(n)),
      8,
    ),
  });
  const vendor = (): Leaf => ({ kind: "vendor", values: some(below, vendors, 2) });
  const type = (): Leaf => ({ kind: "product type", values: some(below, types, 2) });
  const tagged = (): Leaf => ({ kind: "product tag", values: some(below, productTags, 2) });
  const shapes: (() => Omit<BenchRule, "id">)[] = [
    () => ({ all: [amount(), tag()], any: [], none: [] }),
    () => ({ all: [tagged()], any: [], none: [] }),
    () => ({ all: [on(), type()], any: [], none: [] }),
    () => ({ all: [to(), vendor()], any: [], none: [] }),
    () => ({ all: [sku()], any: [], none: [] }),
    () => ({ all: [from(), tier()], any: [], none: [] }),
    () => ({ all: [nth(), amount()], any: [], none: [] }),
    () => ({ all: [tier()], any: [vendor(), tagged()], none: [] }),
    () => ({ all: [type()], any: [], none: [from()] }),
    () => ({ all: [amount(), to()], any: [tag(), tier()], none: [] }),
  ];
  return Array.from({ length: count }, (_, n) => ({
    id: `rule-${n + 1}`,
    ...(shapes[n % shapes.length] as () => Omit<BenchRule, "id">)(),
  }));
}

/** The same rules as a programme of Laurel, half of them by amount and half fixed. */
export function asProgramme(rules: readonly BenchRule[]): Definition {
  return definition.parse({
    ...simplePoints(100),
    tiers: { levels: tiers.map((id) => ({ id, name: id })) },
    earning: rules.map(({ id, all, any, none }, n) => ({
      id,
      name: id,
      active: true,
      award: n % 2 ? { kind: "fixed", points: 10 } : { kind: "per amount", points: 1, per: 100 },
      minimum: null,
      when: {
        kind: "all",
        of: [
          ...all.map(asCondition),
          ...(any.length > 0 ? [{ kind: "any", of: any.map(asCondition) }] : []),
          ...(none.length > 0 ? [{ kind: "none", of: none.map(asCondition) }] : []),
        ],
      },
    })),
  });
}

function asCondition(leaf: Leaf): object {
  switch (leaf.kind) {
    case "channel":
      return { kind: "channel", channels: leaf.sources.map((source) => channels[source as keyof typeof channels]) };
    case "weekday":
      return { kind: "weekday and hours", days: leaf.days.map(String) };
    case "every nth order":
      return { kind: "nth order", which: "every", number: leaf.number };
    case "sku":
      return { kind: "sku", skus: leaf.values };
    case "vendor":
      return { kind: "vendor", vendors: leaf.values };
    case "product type":
      return { kind: "product type", types: leaf.values };
    case "product tag":
      return { kind: "product tag", tags: leaf.values };
    default:
      return leaf;
  }
}
