import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Option } from "../../loyalty/settings.ts";

/** The programme's own things that a setting may name. */
export type Things = Record<"unit" | "tier" | "reward" | "badge" | "rule", Option[]> & { groups: string[] };

const nothing: Things = { unit: [], tier: [], reward: [], badge: [], rule: [], groups: [] };
const Known = createContext<Things>(nothing);

export const useThings = (): Things => useContext(Known);

/** Lets the fields below choose among the things of this programme. */
export function ThingsOf({ definition, children }: { definition: Definition; children: ReactNode }) {
  const things = useMemo(() => thingsOf(definition), [definition]);
  return <Known.Provider value={things}>{children}</Known.Provider>;
}

export const thingsOf = ({ points, units, tiers, rewards, badges, earning }: Definition): Things => ({
  unit: [{ value: "points", label: points.other }, ...units.map(({ id, name }) => ({ value: id, label: name.other }))],
  tier: (tiers?.levels ?? []).map(named),
  reward: rewards.map(named),
  badge: badges.map(named),
  rule: earning.map(named),
  groups: [...new Set(earning.flatMap((rule) => rule.group ?? []))].sort(),
});

const named = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });
