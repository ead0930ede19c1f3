import type { z } from "zod";
import type { Minor } from "../money.ts";
import type { Say } from "../say.ts";

/** What Shopify is asked to make of a reward: a code for one customer and one use. */
export type DiscountTerms = { off: { amount: Minor }; minimumSubtotal: Minor | null };

/** A thing that points can be exchanged for. Form, check, sentence and storage follow from the settings. */
export type RewardKind<Name extends string, Settings extends z.ZodObject> = {
  name: Name;
  label: string;
  settings: Settings;
  sentence: (settings: z.infer<Settings>, say: Say) => string;
  discount: (settings: z.infer<Settings>) => DiscountTerms;
  /** What the reward is worth when all of it is used; null where an order cannot use a part. */
  faceValue: (settings: z.infer<Settings>) => Minor | null;
};

export const rewardKind = <Name extends string, Settings extends z.ZodObject>(
  kind: RewardKind<Name, Settings>,
): RewardKind<Name, Settings> => kind;
