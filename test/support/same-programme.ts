import type { Definition } from "../../app/loyalty/program/definition.ts";

/**
 * A programme with its ids told by where they stand, so that two that were made apart can be compared: the second
 * tier is tiers-1 whatever it was called by whoever made it.
 */
export function withPlainIds({ texts: _, ...definition }: Definition): object {
  const levels = definition.tiers?.levels ?? [];
  const lists = {
    units: definition.units,
    earning: definition.earning,
    boosts: definition.boosts,
    badges: definition.badges,
    rewards: definition.rewards,
  };
  const names = new Map<string, string>();
  for (const [list, items] of Object.entries({ ...lists, tiers: levels }))
    for (const [at, { id }] of items.entries()) names.set(`${kindOf[list]} ${id}`, `${list}-${at}`);

  const plain = (value: unknown, key: string, list: string): unknown => {
    if (Array.isArray(value)) return value.map((one, at) => (isItem(one) ? plainItem(one, key, at) : plain(one, key, list)));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one, name, list)]));
    const kind = typeof value === "string" ? references[key] : undefined;
    return kind ? (names.get(`${kind} ${value}`) ?? value) : value;
  };
  const plainItem = (item: { id: string }, list: string, at: number): unknown => ({
    ...(plain({ ...item, id: undefined }, list, list) as object),
    id: names.get(`${kindOf[list]} ${item.id}`) ?? `${list}-${at}`,
  });
  return plain(definition, "", "") as object;
}

const kindOf: Record<string, string> = {
  units: "unit",
  earning: "rule",
  boosts: "boost",
  badges: "badge",
  rewards: "reward",
  tiers: "tier",
  levels: "tier",
};

// The fields by which one part of a programme names another.
const references: Record<string, string> = {
  unit: "unit",
  reward: "reward",
  rewardId: "reward",
  tierId: "tier",
  tiers: "tier",
  badgeId: "badge",
  rules: "rule",
};

const isItem = (value: unknown): value is { id: string } => typeof value === "object" && value !== null && "id" in value;
