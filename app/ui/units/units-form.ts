import { z } from "zod";
import { type Definition, definition } from "../../loyalty/program/definition.ts";
import { bare } from "../../loyalty/program/schema-at.ts";
import { type Draft, type Errors, readDraft } from "../form/draft.ts";
import { withIds } from "../form/with-ids.ts";

/** What is counted beside the points, the badges, and what all of it may cost. */
export const unitsForm = z.strictObject({
  units: definition.shape.units,
  badges: definition.shape.badges,
  budgets: definition.shape.budgets,
});

const itemOf = (list: z.ZodType): z.ZodObject => (bare(list) as z.ZodArray).element as unknown as z.ZodObject;
const budgets = bare(unitsForm.shape.budgets) as z.ZodObject;

export const schemas = {
  unit: itemOf(unitsForm.shape.units),
  badge: itemOf(unitsForm.shape.badges),
  budget: bare(budgets.shape.retention as z.ZodType) as z.ZodObject,
};

type Parts = Pick<Definition, "units" | "badges" | "budgets">;

/** What its form sends: something new has an id from its name. */
export function namedUnits(draft: Draft, before: Pick<Parts, "units" | "badges">): Draft {
  const ids = (list: readonly { id: string }[]) => list.map((one) => one.id);
  const units = withIds(draft.units, (one) => String((one.name as Draft | undefined)?.other ?? ""), ["points", ...ids(before.units)]);
  return { ...draft, units, badges: withIds(draft.badges, (one) => String(one.name), ids(before.badges)) };
}

export function readUnits(
  draft: Draft,
  { before, currency }: { before: Parts; currency: string },
): { value: Parts; errors?: undefined } | { value?: undefined; errors: Errors } {
  return readDraft(unitsForm, namedUnits(draft, before), currency);
}
