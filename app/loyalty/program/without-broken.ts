import { simplePoints } from "./definition.ts";
import { ownOf } from "./schema-at.ts";

type Issue = { code?: string; path: readonly PropertyKey[]; keys?: readonly string[] };

const good = simplePoints(100);
const [rule] = good.earning;
const [reward] = good.rewards;
const always = { kind: "all", of: [] };

// What takes the place of something broken, with its id, so that what refers to it is not called broken too.
const sound: Readonly<Record<string, object>> = {
  units: { name: good.points },
  earning: { ...rule, award: { kind: "fixed", points: 1 } },
  boosts: { name: "Boost", active: false, times: 10_000, when: always },
  badges: { name: "Badge" },
  rewards: { ...reward },
  levels: { name: "Tier" },
};

/** A programme in which every part with an issue is replaced by a sound one, so that the others can be asked as a whole. */
export function withoutBroken(given: unknown, issues: readonly Issue[]): unknown {
  if (typeof given !== "object" || given === null) return given;
  const whole: Record<string, unknown> = { ...structuredClone(given) };
  for (const { path, keys } of issues) {
    const [part] = path;
    if (part === undefined) for (const key of keys ?? []) delete whole[key];
    else if (part === "tiers") whole.tiers = soundLadder(whole.tiers, path);
    else if (typeof path[1] === "number" && Array.isArray(whole[String(part)])) replace(whole[String(part)], String(part), path[1]);
    else whole[String(part)] = (good as Record<string, unknown>)[String(part)];
  }
  return whole;
}

function soundLadder(ladder: unknown, [, part, at]: readonly PropertyKey[]): unknown {
  const levels = ownOf(ladder, "levels");
  if (!Array.isArray(levels)) return null;
  if (part === "levels" && typeof at === "number") replace(levels, "levels", at);
  // The settings of the ladder refer to nothing.
  return { levels };
}

function replace(list: unknown, kind: string, at: number): void {
  const items = list as unknown[];
  const id = ownOf(items[at], "id");
  items[at] = { ...sound[kind], id: typeof id === "string" && /^[a-z0-9][a-z0-9-]{0,39}$/.test(id) ? id : `broken-${at}` };
}
