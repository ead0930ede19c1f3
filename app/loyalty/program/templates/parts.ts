import type { z } from "zod";
import type { Tree } from "../../earning/tree.ts";
import { type Definition, definition } from "../definition.ts";

/** What may be left out of a programme is filled in by its own schema. */
export type Written = z.input<typeof definition>;

type Policies = Partial<Written["policies"]>;

/** A programme of a template: with policies that suit most, and with what was left out filled in. */
export const programme = ({ policies, ...rest }: Omit<Written, "policies"> & { policies?: Policies }): Definition =>
  definition.parse({ ...rest, policies: { ...usual, ...policies } });

const usual: Written["policies"] = {
  holdDays: 0,
  codeDays: 90,
  graceDays: 30,
  unusedComesBack: true,
  shippingEarns: false,
  giftCardsEarn: false,
  excludeTag: null,
};

export const rule = (
  id: string,
  name: string,
  award: Written["earning"][number]["award"],
  more: Partial<Written["earning"][number]> = {},
) => ({
  id,
  name,
  active: true,
  award,
  minimum: null,
  ...more,
});

/** Money off an order. `minimum` is the least that the order has to come to. */
export const amountOff = (
  id: string,
  name: string,
  points: number,
  amount: number,
  more: Partial<Written["rewards"][number]> & { minimum?: number } = {},
) => {
  const { minimum = null, ...rest } = more;
  return { id, name, active: true, points, worth: { kind: "amount off" as const, amount, minimum }, ...rest };
};

/** Conditions that all have to hold. */
export const when = (...of: Tree[]): Tree => ({ kind: "all", of });
export const anyOf = (...of: Tree[]): Tree => ({ kind: "any", of });
export const noneOf = (...of: Tree[]): Tree => ({ kind: "none", of });
