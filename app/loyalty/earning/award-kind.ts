import type { z } from "zod";
import type { Minor } from "../money.ts";
import type { Say } from "../say.ts";
import type { Need } from "./condition-kind.ts";
import type { Item } from "./occasion.ts";

/** What a rule's award is worked out from: the items that its conditions chose, and the money that counts of them. */
export type Basket = {
  amount: Minor;
  /** Items of the order that count; each with what counts of it. Empty for an occasion that is no order. */
  items: readonly BasketItem[];
  /** How many pieces remain of them. */
  pieces: number;
  /** The part of `amount` that is shipping. */
  shipping: Minor;
  /** false for an occasion that is no order. */
  isOrder: boolean;
  /** How an award that names no weights is spread: over the items by their amounts, and the last over shipping. */
  weights: readonly number[];
};
export type BasketItem = { item: Item; amount: Minor; pieces: number };

/**
 * An amount of a unit as an exact fraction: rounded once by the engine, after boosts, never here. Weights say how it
 * is spread over the basket's items, and one more over its shipping; without them, by their amounts.
 */
export type Share = { unit: string; numerator: bigint | number; denominator: bigint | number; weights?: (bigint | number)[] };

/** Something that is not an amount: a reward free of charge, a badge, a tier. Given once for the occasion. */
export type Gift =
  | { kind: "reward"; rewardId: string }
  | { kind: "badge"; badgeId: string }
  | { kind: "tier"; tierId: string; months: number | null };

/** A certificate that is made of itself whenever the member has so many of a unit. */
export type Certificate = { unit: string; points: number; rewardId: string };

/** A way of awarding. Form, check, sentence and storage follow from the settings. */
export type AwardKind<Name extends string, Settings extends z.ZodObject> = {
  name: Name;
  label: string;
  settings: Settings;
  needs?: readonly Need[];
  /** It needs an order to be worked out from; or some settings of it do. */
  ofOrder?: boolean | ((settings: z.infer<Settings>) => boolean);
  /** Its sentence ends in a phrase that an item's can follow: "… for every $1 spent" on Coffee. */
  takesItems?: true;
  sentence: (settings: z.infer<Settings>, say: Say) => string;
  /** The part of its settings that gives one unit, where it gives several. */
  settingsFor?: (settings: z.infer<Settings>, unit: string) => z.infer<Settings>;
  /** What it gives for one piece; null where it does not go by pieces. */
  perPiece?: (settings: z.infer<Settings>) => number | null;
  /** Shares for a basket. Never negative; none where it gives gifts only. */
  shares?: (settings: z.infer<Settings>) => (basket: Basket) => Share[];
  gifts?: (settings: z.infer<Settings>) => Gift[];
  certificate?: (settings: z.infer<Settings>) => Certificate;
};

export const awardKind = <Name extends string, Settings extends z.ZodObject>(kind: AwardKind<Name, Settings>): AwardKind<Name, Settings> =>
  kind;
