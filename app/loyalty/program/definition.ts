import { z } from "zod";
import { limit } from "../earning/limit.ts";
import { boost, earningRule } from "../earning/rule.ts";
import { expiry } from "../ledger/expiry.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import { choice, collections, days, id, percent, points, products, shortText, texts, unitId } from "../settings.ts";
import { ladder } from "../tiers/ladder.ts";
import { refineWhole } from "./coherence.ts";
import { unionOf } from "./union-of.ts";

export type { Boost, EarningRule } from "../earning/rule.ts";
export { earningRule } from "../earning/rule.ts";

const worth = unionOf(rewardKinds);

export const reward = z.strictObject({
  id,
  name: shortText({ label: "Name", help: "Shoppers see it in the shop and at checkout." }),
  active: z.boolean(),
  points: points({ label: "Costs", help: "What members pay who choose it. A rule or a tier gives it free of charge." }),
  unit: unitId({ label: "Of" }).default("points"),
  worth,
  offered: z.boolean().meta({ label: "Members can choose it", help: "Otherwise it is only given by a rule or a tier." }).default(true),
  codeDays: days({ label: "Days its code can be used", help: "Leave empty for the programme's own." }, { least: 1, most: 1095 })
    .nullable()
    .default(null),
  unusedIsLost: z
    .boolean()
    .meta({ label: "What is not used in time is lost", help: "Otherwise an unused code gives its points back." })
    .default(false),
});

export const pointsName = z.strictObject({
  one: shortText({ label: "One", help: "Such as point, star or leaf." }, 30),
  other: shortText({ label: "Several", help: "Such as points, stars or leaves." }, 30),
});

/** Something that is counted beside the points: stamps, credit, status miles, raffle entries. */
export const unit = z.strictObject({
  id,
  name: pointsName,
  holdDays: days({ label: "Days until it can be spent" }, { most: 365 }).default(0),
  expiry: expiry.default({ kind: "never" }),
});

/** What a budget may cost in a period, in points. */
export const budget = z.strictObject({
  points: points({ label: "Points" }, { most: 1_000_000_000 }),
  per: choice({ label: "Per" }, { month: "Calendar month", year: "Calendar year" }),
  alertAt: percent({ label: "Tell me at" }, { least: 100, most: 10_000 }).default(8_000),
  stops: z.boolean().meta({ label: "Give nothing more when it is used up", help: "Otherwise it only tells you." }).default(true),
});

export const badge = z.strictObject({ id, name: shortText({ label: "Name" }, 40) });

export const policies = z.strictObject({
  holdDays: days(
    { label: "Days until points can be spent", help: "Counted from payment. Use your return window; 0 makes them spendable at once." },
    { most: 365 },
  ),
  expiry: expiry.default({ kind: "never" }),
  codeDays: days({ label: "Days a code can be used", help: "After that an unused code gives its points back." }, { least: 1, most: 365 }),
  graceDays: days({ label: "Days of grace", help: "Points that come back after their day do not expire for so long." }, { most: 90 }),
  unusedComesBack: z.boolean().meta({ label: "What an order could not use of a reward comes back as points" }),
  shippingEarns: z.boolean().meta({ label: "Shipping earns points" }),
  giftCardsEarn: z.boolean().meta({ label: "Buying gift cards earns points" }),
  tipsEarn: z.boolean().meta({ label: "Tips earn points", help: "They count for the whole order, and are no item of it." }).default(false),
  excludedProducts: products({ label: "Products that earn nothing" }).nullable().default(null),
  excludedCollections: collections({ label: "Collections that earn nothing", help: "Whatever is in one of them when it is bought." })
    .nullable()
    .default(null),
  excludedProductTags: texts({ label: "Product tags that earn nothing", suggest: "product tags" }).nullable().default(null),
  excludeTag: z.string().trim().max(255).nullable().meta({ label: "Customers with this tag neither earn nor redeem", as: "text" }),
  boosts: choice({ label: "Several boosts at once" }, { multiply: "Multiply each other", highest: "The highest wins" }).default("multiply"),
  rounding: choice(
    { label: "Fractions of a point", help: "Once per order and rule, after boosts." },
    { down: "Are dropped", nearest: "Are rounded, half up", up: "Count as a whole one" },
  ).default("down"),
  limits: z
    .array(limit)
    .max(10)
    .meta({
      label: "Limits over all rules",
      help: "The most points that one member gets of all rules together. Other units are neither counted nor cut.",
    })
    .default([]),
});

/**
 * The programme as a value: what is earned, what it is worth, what the points are called.
 * A published version is never edited; an order is judged for ever by the version in force when it was placed.
 */
export const definition = z
  .strictObject({
    points: pointsName,
    units: z.array(unit).max(10, "A programme has at most 10 units beside its points.").default([]),
    earning: z.array(earningRule).max(300, "A programme has at most 300 earning rules."),
    boosts: z.array(boost).max(100, "A programme has at most 100 boosts.").default([]),
    tiers: ladder.nullable().default(null),
    badges: z.array(badge).max(100).default([]),
    rewards: z.array(reward).max(100, "A programme has at most 100 rewards."),
    budgets: z
      .strictObject({ retention: budget.nullable().default(null), acquisition: budget.nullable().default(null) })
      .default({ retention: null, acquisition: null }),
    policies,
    /** Names in other languages: { fr: { "rewards.five-off": "Merci" } }. */
    texts: z
      .record(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/), z.record(z.string().max(120), z.string().trim().min(1).max(200)))
      .default({}),
  })
  .superRefine(refineWhole);

export type Definition = z.infer<typeof definition>;
export type Reward = z.infer<typeof reward>;
export type Unit = z.infer<typeof unit>;
export type Policies = z.infer<typeof policies>;
export type Budgets = Definition["budgets"];

/** The default programme: 1 point per unit of currency, the first reward at 500 points. */
export function simplePoints(currencyUnit: number): Definition {
  return definition.parse({
    points: { one: "point", other: "points" },
    earning: [
      { id: "every-order", name: "Shopping", active: true, award: { kind: "per amount", points: 1, per: currencyUnit }, minimum: null },
    ],
    rewards: [
      {
        id: "five-off",
        name: "Thank you",
        active: true,
        points: 500,
        worth: { kind: "amount off", amount: 5 * currencyUnit, minimum: null },
      },
    ],
    policies: {
      holdDays: 0,
      codeDays: 90,
      graceDays: 30,
      unusedComesBack: true,
      shippingEarns: false,
      giftCardsEarn: false,
      excludeTag: null,
    },
  });
}
