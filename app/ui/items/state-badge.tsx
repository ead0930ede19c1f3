import { Badge } from "@shopify/polaris";
import type { Runs } from "../../loyalty/earning/rule.ts";
import { en as t } from "../texts/en.ts";

export type State = "active" | "inactive" | "scheduled" | "ended";

const always: Runs = { from: null, until: null };

/** Whether something counts: by its switch and by its days. `now` is the programme's clock, such as 2026-11-27T09:00. */
export function stateOf({ active, runs = always }: { active: boolean; runs?: Runs }, now: string): State {
  if (!active) return "inactive";
  if (runs.until !== null && runs.until <= now) return "ended";
  return runs.from !== null && runs.from > now ? "scheduled" : "active";
}

const tones = { active: "success", scheduled: "info", inactive: undefined, ended: undefined } as const;

export function StateBadge({ state }: { state: State }) {
  return <Badge tone={tones[state]}>{t.states[state]}</Badge>;
}
