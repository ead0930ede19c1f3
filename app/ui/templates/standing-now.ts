import type { Definition } from "../../loyalty/program/definition.ts";
import type { Standing } from "./use-dialog.tsx";

type Working = { definition: Definition; revision: number };

/** What a template would take the place of; `changes` is how much of it is not live. */
export const standingNow = ({ definition, revision }: Working, changes: number): Standing => ({
  revision,
  rules: definition.earning.length,
  rewards: definition.rewards.length,
  tiers: definition.tiers?.levels.length ?? 0,
  changes,
});
