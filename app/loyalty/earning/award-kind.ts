import type { z } from "zod";
import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import type { Say } from "../say.ts";

/** What an award may look at: the money that counts and how many items it was for. */
export type Eligible = { amount: Minor; items: number };

/** A way of giving points for an order. Form, check, sentence and storage follow from the settings. */
export type AwardKind<Name extends string, Settings extends z.ZodObject> = {
  name: Name;
  label: string;
  settings: Settings;
  sentence: (settings: z.infer<Settings>, say: Say) => string;
  /** Points for the eligible part of an order, rounded down once. Never negative. */
  points: (eligible: Eligible, settings: z.infer<Settings>) => Points;
};

export const awardKind = <Name extends string, Settings extends z.ZodObject>(kind: AwardKind<Name, Settings>): AwardKind<Name, Settings> =>
  kind;
