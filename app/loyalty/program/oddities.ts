import type { Tier } from "../tiers/ladder.ts";
import type { Problem } from "./check.ts";
import type { Definition } from "./definition.ts";
import { nearest } from "./nearest.ts";
import { sayPath } from "./say-path.ts";
import { translatable } from "./translatable.ts";

/**
 * What a programme can be read with and is not published with: it says something that cannot be meant. Versions that
 * were published before somebody thought of it go on as they are, so their schema does not ask.
 *
 * @param broken parts of it that are wrong in themselves: what refers to those is not called wrong as well
 */
export function oddities(whole: Definition, broken: ReadonlySet<string> = new Set()): Problem[] {
  const levels = whole.tiers?.levels ?? [];
  return [...textsOfNothing(whole, broken), ...measuresOfNothing(levels), ...tiersThatGoDown(levels), ...madeOfNothing(whole)];
}

const problem = (at: Problem["at"], said: string, suggestion: string): Problem => ({ path: sayPath(at), at, said, suggestion });

const mostLanguages = 50;
// As many names as a programme can have.
const mostTexts = 550;

function textsOfNothing(whole: Definition, broken: ReadonlySet<string>): Problem[] {
  const languages = Object.entries(whole.texts);
  if (languages.length > mostLanguages)
    return [problem(["texts"], `These are ${languages.length} languages.`, `A programme speaks at most ${mostLanguages}.`)];
  const known = translatable(whole).map((one) => one.key);
  return languages.flatMap(([locale, texts]) => {
    const keys = Object.keys(texts);
    if (keys.length > mostTexts)
      return [problem(["texts", locale], `These are ${keys.length} texts.`, `A language has at most ${mostTexts}.`)];
    const unknown = keys.filter((key) => !known.includes(key) && !broken.has(key.split(".")[0] ?? ""));
    return unknown.map((key) => problem(["texts", locale, key], `Nothing in this programme is called “${key}”.`, meant(key, known)));
  });
}

function meant(key: string, known: readonly string[]): string {
  const [near] = nearest(key, known, 1);
  if (near) return `Did you mean “${near}”?`;
  const example = known[0] ? `, such as “${known[0]}”` : "";
  return `Names of earning, tiers, rewards and badges can be said in other languages, by their ids${example}.`;
}

// What is collected for a reward that is switched off would lie there for ever.
const madeOfNothing = ({ earning, rewards }: Definition): Problem[] =>
  earning.flatMap(({ active, award }, at) => {
    const off = active && award.kind === "certificate" && rewards.find((one) => one.id === award.rewardId && !one.active);
    return off
      ? [
          problem(
            ["earning", at, "award", "rewardId"],
            `The reward “${off.name}” is switched off, so that this rule would make nothing.`,
            "Switch the reward on, or this rule off.",
          ),
        ]
      : [];
  });

// Nobody tells of a friend who was referred yet: nothing would ever count for such a measure.
const measuresOfNothing = (levels: readonly Tier[]): Problem[] =>
  levels.flatMap(({ reach }, level) =>
    reach.flatMap(({ kind }, at) =>
      kind === "referrals"
        ? [
            problem(
              ["tiers", "levels", level, "reach", at, "kind"],
              `“${kind}” is not built in this version.`,
              "It can be “spend”, “points earned”, “orders”, “items”.",
            ),
          ]
        : [],
    ),
  );

// Whoever has reached a tier that asks for less has the higher one at once, and nobody ever stops at the lower.
function tiersThatGoDown(levels: readonly Tier[]): Problem[] {
  return levels.flatMap(({ reach, by }, level) =>
    by === "all" && reach.length > 1
      ? []
      : reach.flatMap((measure, at) => {
          const below = levels
            .slice(0, level)
            .find((lower) => lower.reach.some((one) => isSameMeasure(one, measure) && one.least > measure.least));
          return below
            ? [
                problem(
                  ["tiers", "levels", level, "reach", at, "least"],
                  `It is less than “${below.name}” asks for, which is a lower tier: nobody would ever be in that one.`,
                  "List tiers from the lowest to the highest.",
                ),
              ]
            : [];
        }),
  );
}

type Measure = Tier["reach"][number];

const isSameMeasure = (one: Measure, other: Measure): boolean =>
  one.kind === other.kind && ("unit" in one ? one.unit : null) === ("unit" in other ? other.unit : null);
