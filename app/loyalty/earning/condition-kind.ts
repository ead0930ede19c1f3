import type { z } from "zod";
import type { Say } from "../say.ts";
import type { Item, Occasion, Trigger } from "./occasion.ts";

/** Facts that an order body lacks and that have to be there before a condition can be judged. */
export type Need = "products" | "customer tags" | "customer" | "segments" | "history" | "order count" | "tier";

/** What a condition may know of the programme it stands in. */
export type World = {
  timeZone: string;
  currency: string;
  /** Ids of the tiers, lowest first. */
  tiers: readonly string[];
};

/** What a condition found, as a plain value for the trace: an amount, a name, a number of items. */
export type Saw = string | number | boolean | null;

/**
 * For a question that only asks whether one of its own texts is among texts of the order, or of one item: by these
 * rules are found without being asked (rule-index.ts). `wanted` is null for settings that ask for more than that;
 * `sawNone` is what every such question of an occasion saw that was answered no.
 */
export type Lookup<Settings = never> = { wanted: (settings: Settings) => readonly string[] | null } & (
  | { ofItem: (item: Item) => Texts; ofOccasion?: undefined }
  | { ofOccasion: (occasion: Occasion) => Texts; sawNone: (occasion: Occasion) => Saw; ofItem?: undefined }
);

/** One, several or none. */
export type Texts = string | readonly string[] | null | undefined;

/**
 * A question that a rule asks. Form, check, sentence and storage follow from the settings.
 *
 * One about items chooses those that count for the award; all others are asked once of the whole occasion.
 * `compile` is called once for a published version; what it returns is called for every order.
 */
export type ConditionKind<Name extends string, Settings extends z.ZodObject> = {
  name: Name;
  label: string;
  about: "order" | "items" | "member" | "time" | "event";
  settings: Settings;
  /** Occasions on which it makes sense; all when it says nothing. */
  triggers?: readonly Trigger[];
  needs?: readonly Need[];
  /** Its phrase says which orders, so that "for every order" need not be said before it: "50 points on the first order". */
  namesOrders?: true;
  lookup?: Lookup<z.infer<Settings>>;
  /** A phrase that follows an award: "on orders of $50 or more", "on Coffee", "for Gold members". */
  sentence: (settings: z.infer<Settings>, say: Say) => string;
  /** One phrase for several of which any will do, where that reads better than one "or" the other; null where it does not. */
  either?: (several: readonly z.infer<Settings>[], say: Say) => string | null;
} & (
  | {
      about: "items";
      compile: (settings: z.infer<Settings>, world: World) => (item: Item, occasion: Occasion) => boolean;
    }
  | {
      about: "order" | "member" | "time" | "event";
      compile: (settings: z.infer<Settings>, world: World) => (occasion: Occasion) => boolean;
      /** What it looked at, in the trace: "the order came to $42". */
      saw: (occasion: Occasion, settings: z.infer<Settings>, world: World) => Saw;
      /** The unit of `saw`, so that a page can say it. */
      sawAs?: "money" | "count" | "text" | "days" | "time" | "tier";
    }
);

export const conditionKind = <Name extends string, Settings extends z.ZodObject>(
  kind: ConditionKind<Name, Settings>,
): ConditionKind<Name, Settings> => kind;
