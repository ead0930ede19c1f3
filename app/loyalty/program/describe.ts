import type { z } from "zod";
import type { Say } from "../say.ts";
import { ladder } from "../tiers/ladder.ts";
import { type Definition, definition } from "./definition.ts";
import type { Part } from "./diff.ts";
import { sentenceOf } from "./part-sentence.ts";
import { labelOf, settingChanges } from "./setting-changes.ts";

export type Described = {
  part: Part;
  items: { id: string; name: string; sentence: string | null; active: boolean }[];
  settings: { label: string; value: string }[];
};

type Item = { id: string; name: string | { other: string }; active?: boolean };

/** A whole programme in words: every rule, tier and reward as its sentence, every setting by its label. */
export function describeProgramme(programme: Definition, say: Say): Described[] {
  const { points, budgets, policies, texts } = definition.shape;
  const { levels: _, ...ladderSettings } = ladder.shape;
  const items = (part: Part, all: readonly Item[], settings: Described["settings"] = []): Described => ({
    part,
    items: all.map((item) => ({
      id: item.id,
      name: typeof item.name === "string" ? item.name : item.name.other,
      sentence: sentenceOf(part, item, say),
      active: item.active ?? true,
    })),
    settings,
  });
  const settings = (part: Part, schema: z.ZodType, value: object): Described => ({
    part,
    items: [],
    settings: inWords(schema, value, say),
  });

  const { tiers } = programme;
  const ofLadder = tiers
    ? Object.entries<z.ZodType>(ladderSettings).flatMap(([key, schema]) =>
        settingChanges(schema, null, tiers[key as "window"], say).map(({ label, after }) => ({
          label: [labelOf(schema, key), label].filter(Boolean).join(": "),
          value: after,
        })),
      )
    : [];
  return [
    items("earning", programme.earning),
    items("boosts", programme.boosts),
    items("tiers", tiers?.levels ?? [], ofLadder),
    items("rewards", programme.rewards),
    items("units", programme.units),
    items("badges", programme.badges),
    settings("points", points, programme.points),
    settings("policies", policies, programme.policies),
    settings("budgets", budgets, programme.budgets),
    settings("texts", texts, programme.texts),
  ].filter((one) => one.items.length > 0 || one.settings.length > 0);
}

// What differs from nothing is what is there.
const inWords = (schema: z.ZodType, value: object, say: Say): Described["settings"] =>
  settingChanges(schema, {}, value, say).map(({ label, after }) => ({ label, value: after }));
