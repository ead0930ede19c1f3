import { clockOf, instantOf, type LocalMoment } from "../local-time.ts";
import type { World } from "./condition-kind.ts";
import { plainTree } from "./plain-tree.ts";
import { type Condition, conditionOf, isBranch, leavesOf, settingsOf, type Tree } from "./tree.ts";

const minuteMs = 60_000;
const stepMs = 5 * minuteMs;
// Where clocks are put back a day has 25 hours.
const longestMs = 25 * 60 * minuteMs;

/**
 * Of some days those on which conditions may hold, by what they ask of time: all else that they ask is taken to be so.
 * Null where time makes no difference between these days. Looked at every five minutes, the last
 * of the day among them.
 */
export function daysItMayHold(tree: Tree, days: readonly string[], world: World): string[] | null {
  const when = plainTree(tree);
  if (!leavesOf(when).some((one) => conditionOf(one).about === "time")) return null;
  const clock = clockOf(world.timeZone);
  const can = asker(world);
  const held = days.filter((day) => {
    const begins = instantOf({ day, time: "00:00", timeZone: world.timeZone })?.getTime() ?? 0;
    for (let at = begins + stepMs - minuteMs; at < begins + longestMs; at += stepMs) {
      const local = clock(at);
      if (local.day === day && can(when, true, { at, local: () => local })) return true;
    }
    return false;
  });
  return held.length === days.length ? null : held;
}

type Moment = { at: number; local: () => LocalMoment };

/** Whether a tree can come out so at a moment. */
function asker(world: World): (one: Tree, wanted: boolean, moment: Moment) => boolean {
  const asks = new Map<Condition, (moment: Moment) => boolean>();
  const can = (one: Tree, wanted: boolean, moment: Moment): boolean => {
    if (isBranch(one)) {
      // A group in which nothing is asked yet decides nothing.
      const of = one.of.filter((each) => leavesOf(each).length > 0);
      const part = (so: boolean) => (each: Tree) => can(each, so, moment);
      if (one.kind === "none") return wanted ? of.every(part(false)) : of.some(part(true));
      const every = (one.kind === "all") === wanted;
      return every ? of.every(part(wanted)) : of.some(part(wanted));
    }
    const kind = conditionOf(one);
    if (kind.about !== "time") return true;
    let ask = asks.get(one);
    if (!ask) {
      ask = kind.compile(settingsOf(one), world) as (moment: Moment) => boolean;
      asks.set(one, ask);
    }
    return ask(moment) === wanted;
  };
  return can;
}
