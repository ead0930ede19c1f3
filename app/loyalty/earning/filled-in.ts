import type { z } from "zod";

type Fields = Record<string, unknown>;

/** A question of which nothing is filled in asks nothing: one of these fields has to be. */
export const atLeastOne =
  (...fields: string[]) =>
  (settings: Fields, refine: z.RefinementCtx): void => {
    if (fields.every((field) => isEmpty(settings[field])))
      refine.addIssue({ code: "custom", path: [fields[0] ?? ""], message: "Fill in at least one of these." });
  };

/** From one number, day or time to another: the first may not lie behind the second, nor on it where the second is not part of it. */
export const ascending =
  (low: string, high: string, { open = false } = {}) =>
  (settings: Fields, refine: z.RefinementCtx): void => {
    const [from, to] = [settings[low], settings[high]] as [number, number];
    if (isEmpty(from) || isEmpty(to)) return;
    if (from > to || (open && from === to))
      refine.addIssue({ code: "custom", path: [high], message: "This has to be more than where it begins: nothing lies between them." });
  };

/** A field that belongs to some choices: it has to be there with them, and empty with all others. */
export const belongsTo =
  (field: string, chooser: string, choices: readonly string[]) =>
  (settings: Fields, refine: z.RefinementCtx): void => {
    const belongs = choices.includes(settings[chooser] as string);
    if (belongs && isEmpty(settings[field])) refine.addIssue({ code: "custom", path: [field], message: "Fill this in." });
    if (!belongs && !isEmpty(settings[field]))
      refine.addIssue({ code: "custom", path: [field], message: "This has no meaning with what you chose: leave it empty." });
  };

const isEmpty = (value: unknown): boolean => value === null || value === undefined;
