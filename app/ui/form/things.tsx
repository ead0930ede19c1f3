import { createContext, type ReactNode, useContext, useMemo } from "react";
import { ruleForStaff } from "../../loyalty/earning/for-staff.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Say } from "../../loyalty/say.ts";
import type { Option } from "../../loyalty/settings.ts";
import { rewardDetails } from "../rewards/reward-words.ts";
import { toldApart } from "./told-apart.ts";
import { useSay } from "./use-say.ts";

/** The programme's own things that a setting may name. */
export type Things = Record<"unit" | "tier" | "reward" | "badge" | "rule" | "event", Option[]>;

const nothing: Things = { unit: [], tier: [], reward: [], badge: [], rule: [], event: [] };
const Known = createContext<Things>(nothing);

export const useThings = (): Things => useContext(Known);

/** Lets the fields below choose among the things of this programme. */
export function ThingsOf({ definition, children }: { definition: Definition; children: ReactNode }) {
  const say = useSay(definition);
  const things = useMemo(() => thingsOf(definition, say), [definition, say]);
  return <Known.Provider value={things}>{children}</Known.Provider>;
}

/** The groups in which rules compete. */
export const groupsOf = ({ earning }: Definition): string[] => [...new Set(earning.flatMap((rule) => rule.group ?? []))].sort();

const thingsOf = ({ points, units, tiers, rewards, badges, earning }: Definition, say: Say): Things => ({
  unit: [{ value: "points", label: points.other }, ...units.map(({ id, name }) => ({ value: id, label: name.other }))],
  tier: toldApart(tiers?.levels ?? []),
  reward: toldApart(rewards, (one) => rewardDetails(one, say)),
  badge: toldApart(badges),
  rule: toldApart(earning, (one) => [ruleForStaff(one, say)]),
  event: [...new Set(earning.flatMap(({ on }) => (on.kind === "event" ? on.name : [])))].map((name) => ({ value: name, label: name })),
});
