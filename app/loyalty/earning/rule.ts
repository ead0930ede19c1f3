import { z } from "zod";
import { unionOf } from "../program/union-of.ts";
import { choice, id, localTime, minorUnits, percent, shortText } from "../settings.ts";
import { awardKinds } from "./awards/index.ts";
import { limit } from "./limit.ts";
import { triggers } from "./occasion.ts";
import { everything, tree } from "./tree.ts";

export const award = unionOf(awardKinds);

/** When something runs, by the clocks of the programme's zone. Empty is always. The end is not part of it. */
export const runs = z
  .strictObject({
    from: localTime({ label: "Starts", help: "Leave empty to start when it is published." }).nullable(),
    until: localTime({ label: "Ends", help: "Leave empty and it does not end." }).nullable(),
  })
  .superRefine(({ from, until }, refine) => {
    if (from && until && from >= until) refine.addIssue({ code: "custom", path: ["until"], message: "It has to end after it starts." });
  });

const on = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("order") }),
  z.strictObject({ kind: z.literal("joined") }),
  z.strictObject({ kind: z.literal("birthday") }),
  z.strictObject({ kind: z.literal("anniversary") }),
  z.strictObject({
    kind: z.literal("event"),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9._-]{0,59}$/, "An event's name has small letters, digits, dots and hyphens, such as review.written.")
      .meta({
        label: "Event",
        as: "text",
        suggest: "events",
        help: "The name by which Laurel is told of it, such as review.written or card.year-began.",
      }),
  }),
]);

export const triggerNames = triggers;

/** What earns. An order, or something else that happened, is looked at once; what it then gives follows the award. */
export const earningRule = z.strictObject({
  id,
  name: shortText({ label: "Name", help: "Members see it on their statement." }),
  active: z.boolean(),
  on: on.default({ kind: "order" }),
  when: tree.default(everything),
  award,
  minimum: minorUnits({ label: "Minimum", help: "Of what this rule counts. Leave empty to reward any amount." }).nullable(),
  group: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .meta({ label: "Competes in", as: "text", help: "Of the rules that name the same group only the best pays. Leave empty to add up." })
    .nullable()
    .default(null),
  limits: z
    .array(limit)
    .max(10, "A rule has at most 10 limits.")
    .meta({
      label: "Limits",
      help: "The most that one member gets of this rule. Where it gives several units, a limit of points holds for each of them on its own; a limit of times counts orders and events.",
    })
    .default([]),
  budget: choice(
    { label: "Charged to", help: "Which of the programme's budgets pays." },
    { retention: "Retention", acquisition: "Acquisition" },
  ).default("retention"),
  judgesAgain: z
    .boolean()
    .meta({ label: "Look at the conditions again after a refund or an edit", help: "Otherwise they stay as first decided." })
    .default(false),
  boosted: z.boolean().meta({ label: "Boosts and tier multipliers apply" }).default(true),
  runs: runs.default({ from: null, until: null }),
});

/** Multiplies what rules give while its conditions hold: a double-points weekend, ten times on a brand for Gold members. */
export const boost = z.strictObject({
  id,
  name: shortText({ label: "Name", help: "Members see it on their statement." }),
  active: z.boolean(),
  times: percent({ label: "Multiply by", help: "200% doubles." }, { least: 1, most: 1_000_000 }),
  rules: z.array(id).max(100).meta({ label: "Only these rules", help: "Leave empty for all.", as: "rules" }).default([]),
  when: tree.default(everything),
  runs: runs.default({ from: null, until: null }),
});

export type EarningRule = z.infer<typeof earningRule>;
export type Boost = z.infer<typeof boost>;
export type Award = z.infer<typeof award>;
export type Runs = z.infer<typeof runs>;
