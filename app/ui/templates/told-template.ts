import { clockOf } from "../../loyalty/local-time.ts";
import { everydayUnit } from "../../loyalty/program/everyday-unit.ts";
import { sentenceOf } from "../../loyalty/program/part-sentence.ts";
import { play } from "../../loyalty/program/play.ts";
import type { Objective, Template } from "../../loyalty/program/templates/template.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import { capital } from "../words.ts";
import { type ToldStory, tellStory } from "./told-story.ts";

/** A template as its page shows it: every part in a sentence, in the shop's currency, and its stories as they went. */
export type ToldTemplate = {
  id: string;
  name: string;
  summary: string;
  goodFor: string;
  objectives: readonly Objective[];
  rules: Told[];
  campaigns: Told[];
  tiers: (Told & { colour: string; perks: string[] })[];
  rewards: (Told & { isGiven: boolean })[];
  asks: readonly string[];
  stories: ToldStory[];
};

type Told = { id: string; name: string; sentence: string };

export function tellTemplate(template: Template, { currency, timeZone }: { currency: string; timeZone: string }): ToldTemplate {
  const { id, name, summary, goodFor, objectives, asks = [], examples } = template;
  const unit = everydayUnit(currency);
  const made = template.make(unit);
  const definition = template.filledIn?.(made) ?? made;
  const say = wordsOfProgrammes(currency, definition);
  const clock = clockOf(timeZone);
  const dayOf = (at: number) => say.day(clock(at).day);
  const told = <Item extends { id: string; name: string }>(part: Parameters<typeof sentenceOf>[0], item: Item): Told => ({
    id: item.id,
    name: item.name,
    sentence: capital(sentenceOf(part, item, say) ?? ""),
  });
  return {
    id,
    name,
    summary,
    goodFor,
    objectives,
    rules: definition.earning.map((one) => told("earning", one)),
    campaigns: definition.boosts.map((one) => told("boosts", one)),
    tiers: (definition.tiers?.levels ?? []).map((one) => ({
      // Its perks have lines of their own there.
      ...told("tiers", { ...one, perks: [] }),
      colour: one.colour,
      perks: one.perks.map((perk) => perk.name),
    })),
    rewards: definition.rewards.map((one) => ({ ...told("rewards", one), isGiven: !one.offered })),
    asks,
    stories: examples.map((story) => tellStory(story, play(definition, story, { currency, timeZone, unit }), { definition, say, dayOf })),
  };
}
