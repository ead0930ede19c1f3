import { z } from "zod";
import { expiry } from "../ledger/expiry.ts";
import { choice, count, days, id, minorUnits, percent, points, rewardId, shortText, unitId } from "../settings.ts";

/** What raises a member: counted apart from the points that they can spend. */
const measure = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("spend"), least: minorUnits({ label: "Spent at least" }) }),
  z.strictObject({
    kind: z.literal("points earned"),
    least: points({ label: "Earned at least" }),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  z.strictObject({ kind: z.literal("orders"), least: count({ label: "Orders placed" }) }),
  z.strictObject({ kind: z.literal("items"), least: count({ label: "Items bought" }) }),
  z.strictObject({ kind: z.literal("referrals"), least: count({ label: "Friends referred" }) }),
]);

/** What a tier is worth beyond points: a person does it, or the shop's own discounts do by a tag. */
const perk = z.strictObject({
  id,
  name: shortText({ label: "Perk", help: "Such as “Free express delivery” or “Personal shopper”." }),
  note: z.string().trim().max(500).meta({ label: "Note for staff", as: "text" }).nullable().default(null),
  task: z.boolean().meta({ label: "Make a task for staff when a member reaches the tier" }).default(false),
});

const gift = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("points"), points: points({ label: "Points" }), unit: unitId({ label: "Of" }).default("points") }),
  z.strictObject({ kind: z.literal("reward"), reward: rewardId({ label: "Reward" }) }),
]);

/** Given again and again while a member holds the tier. What a grant gives may end with its period. */
const grant = z.strictObject({
  id,
  every: choice(
    { label: "Every", help: "A member who rises in between gets the difference; one who falls gets nothing more." },
    { month: "Calendar month", quarter: "Quarter", year: "Calendar year", birthday: "Birthday" },
  ),
  gift,
  endsWithPeriod: z.boolean().meta({ label: "It ends with the month, quarter or year" }).default(false),
});

export const tier = z.strictObject({
  id,
  name: shortText({ label: "Name" }, 40),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "Enter a colour such as #c9a227.")
    .meta({ label: "Colour", as: "text" })
    .default("#8a8a8a"),
  icon: choice(
    { label: "Icon" },
    { star: "Star", heart: "Heart", crown: "Crown", diamond: "Diamond", leaf: "Leaf", medal: "Medal", plane: "Plane", cup: "Cup" },
  ).default("star"),
  /** How it is reached. Empty for the one that everybody begins in, and for one that is only bought or given. */
  reach: z.array(measure).max(6).default([]),
  by: choice({ label: "Reached by" }, { any: "Any of these", all: "All of these" }).default("any"),
  /** What buys it: an order line with one of these products or selling plans. */
  bought: z
    .strictObject({
      products: z
        .array(z.string().regex(/^gid:\/\/shopify\/Product\/\d+$/, "Name a product's Shopify id."))
        .max(50)
        .default([]),
      sellingPlans: z
        .array(z.string().regex(/^gid:\/\/shopify\/SellingPlan\/\d+$/, "Name a selling plan's Shopify id."))
        .max(50)
        .default([]),
      months: count({ label: "Months that one purchase lasts" }, { most: 60 }),
    })
    .nullable()
    .default(null),
  times: percent({ label: "Members earn", help: "100% is the plain rate, 150% half as much again." }, { least: 0, most: 100_000 }).default(
    10_000,
  ),
  entry: z.array(gift).max(10).default([]),
  grants: z.array(grant).max(10).default([]),
  perks: z.array(perk).max(20).default([]),
  /** How long points of its members live; the programme's own rule where it says nothing. */
  expiry: expiry.nullable().default(null),
});

export const ladder = z.strictObject({
  levels: z.array(tier).min(1, "A ladder has at least one tier.").max(50, "A ladder has at most 50 tiers."),
  window: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("lifetime") }),
      z.strictObject({ kind: z.literal("rolling"), months: count({ label: "Months" }, { most: 120 }) }),
      z.strictObject({ kind: z.literal("calendar year") }),
      z.strictObject({ kind: z.literal("membership year") }),
    ])
    .default({ kind: "lifetime" }),
  term: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("for ever") }),
      z.strictObject({ kind: z.literal("while it holds") }),
      z.strictObject({ kind: z.literal("rest of this year and next") }),
      z.strictObject({ kind: z.literal("months"), months: count({ label: "Months" }, { most: 120 }) }),
    ])
    .default({ kind: "for ever" }),
  /** Spend counts only so long after the order was placed: 0 counts it at once. */
  countsAfterDays: days(
    { label: "Days until spend counts", help: "Use your return window so that what comes back never counts." },
    { most: 365 },
  ).default(0),
  graceDays: days({ label: "Days of grace before a tier is lost" }, { most: 365 }).default(0),
  drop: choice({ label: "Who does not qualify again" }, { stepwise: "Falls one tier", full: "Falls to the tier they qualify for" }).default(
    "full",
  ),
});

export type Ladder = z.infer<typeof ladder>;
export type Tier = z.infer<typeof tier>;
export type Measure = z.infer<typeof measure>;
export type TierGift = z.infer<typeof gift>;
export type Grant = z.infer<typeof grant>;
