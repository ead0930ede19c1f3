import type { Say } from "../../loyalty/say.ts";
import type { Measure, Tier } from "../../loyalty/tiers/ladder.ts";
import { editor } from "../texts/editor.ts";
import { capital } from "../words.ts";

const words = editor.tiers;

/** How a tier is reached, in a few words: "$500 spent or 10 orders". */
export function reachWords({ reach, by, bought }: Tier, isFirst: boolean, say: Say): string {
  if (reach.length === 0) return isFirst ? words.beginning : bought ? capital(`${words.buyable}.`) : words.onlyGiven;
  const ways = reach.map((one) => measureWords(one, say)).join(by === "all" ? words.and : words.or);
  return capital(`${ways}${bought ? `${words.or}${words.buyable}` : ""}.`);
}

/** What a tier gives, in a few words: "Earns 150%, 2 gifts, 3 perks". */
export function givesWords({ times, entry, grants, perks }: Tier, say: Say): string {
  const parts = [
    times === 10_000 ? "" : words.times(say.percent(times)),
    entry.length + grants.length > 0 ? words.gifts(entry.length + grants.length) : "",
    perks.length > 0 ? words.perksOf(perks.length) : "",
  ].filter(Boolean);
  return parts.length > 0 ? capital(`${parts.join(", ")}.`) : "";
}

function measureWords(one: Measure, say: Say): string {
  switch (one.kind) {
    case "spend":
      return words.spent(say.money(one.least));
    case "points earned":
      return words.earned(say.amount(one.least, one.unit));
    default:
      return words[one.kind](one.least);
  }
}
