import { z } from "zod";
import { awardKinds } from "../earning/awards/index.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import { days, minorUnits, points, shortText } from "../settings.ts";
import { unionOf } from "./union-of.ts";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/, "An id has small letters, digits and hyphens.");

const award = unionOf(awardKinds);
const worth = unionOf(rewardKinds);

export const earningRule = z.object({
  id,
  name: shortText({ label: "Name", help: "Members see it on their statement." }),
  active: z.boolean(),
  award,
  minimum: minorUnits({ label: "Minimum order", help: "Leave empty to reward every order." }).nullable(),
});

export const reward = z.object({
  id,
  name: shortText({ label: "Name", help: "Shoppers see it in the shop and at checkout." }),
  active: z.boolean(),
  points: points({ label: "Costs" }),
  worth,
});

/**
 * The programme as a value: what is earned, what it is worth, what the points are called.
 * A published version is never edited; an order is judged for ever by the version in force when it was placed.
 */
export const definition = z
  .object({
    points: z.object({
      one: shortText({ label: "One", help: "Such as point, star or leaf." }, 30),
      other: shortText({ label: "Several", help: "Such as points, stars or leaves." }, 30),
    }),
    earning: z.array(earningRule).max(100, "A programme has at most 100 earning rules."),
    rewards: z.array(reward).max(100, "A programme has at most 100 rewards."),
    policies: z.object({
      holdDays: days(
        { label: "Days until points can be spent", help: "Counted from payment. Use your return window; 0 makes them spendable at once." },
        { most: 365 },
      ),
      expiryDays: days(
        { label: "Days until points expire", help: "Counted from earning. Leave empty and they never do." },
        { least: 1 },
      ).nullable(),
      codeDays: days(
        { label: "Days a code can be used", help: "After that an unused code gives its points back." },
        { least: 1, most: 365 },
      ),
      graceDays: days({ label: "Days of grace", help: "Points that come back after their day do not expire for so long." }, { most: 90 }),
      unusedComesBack: z.boolean().meta({ label: "What an order could not use of a reward comes back as points" }),
      shippingEarns: z.boolean().meta({ label: "Shipping earns points" }),
      giftCardsEarn: z.boolean().meta({ label: "Buying gift cards earns points" }),
      excludeTag: z.string().trim().max(255).nullable().meta({ label: "Customers with this tag neither earn nor redeem", as: "text" }),
    }),
  })
  .superRefine((programme, refine) => {
    for (const part of ["earning", "rewards"] as const) {
      const seen = new Set<string>();
      for (const [index, one] of programme[part].entries()) {
        if (seen.has(one.id)) refine.addIssue({ code: "custom", path: [part, index, "id"], message: `The id ${one.id} is used twice.` });
        seen.add(one.id);
      }
    }
  });

export type Definition = z.infer<typeof definition>;
export type EarningRule = z.infer<typeof earningRule>;
export type Reward = z.infer<typeof reward>;

/** The default programme: 1 point per unit of currency, the first reward at 500 points. */
export function simplePoints(currencyUnit: number): Definition {
  return {
    points: { one: "point", other: "points" },
    earning: [
      { id: "every-order", name: "Shopping", active: true, award: { kind: "per amount", points: 1, per: currencyUnit }, minimum: null },
    ],
    rewards: [
      {
        id: "five-off",
        name: `Thank you`,
        active: true,
        points: 500,
        worth: { kind: "amount off", amount: 5 * currencyUnit, minimum: null },
      },
    ],
    policies: {
      holdDays: 0,
      expiryDays: null,
      codeDays: 90,
      graceDays: 30,
      unusedComesBack: true,
      shippingEarns: false,
      giftCardsEarn: false,
      excludeTag: null,
    },
  };
}
