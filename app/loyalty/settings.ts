import { z } from "zod";

/** How a form draws a setting. */
export type FieldMeta = { label: string; help?: string; as?: "points" | "money" | "days" | "text" };

export const points = (meta: Omit<FieldMeta, "as">, range: { least?: number; most?: number } = {}) =>
  z
    .int("Enter a whole number.")
    .min(range.least ?? 1, `Enter ${range.least ?? 1} or more.`)
    .max(range.most ?? 10_000_000, `Enter ${(range.most ?? 10_000_000).toLocaleString("en")} or less.`)
    .meta({ ...meta, as: "points" });

/** An amount in minor units of the programme's currency. */
export const minorUnits = (meta: Omit<FieldMeta, "as">, range: { least?: number } = {}) =>
  z
    .int("Enter an amount of money.")
    .min(range.least ?? 1, "Enter an amount above zero.")
    .max(1_000_000_000_000, "This amount is too large.")
    .meta({ ...meta, as: "money" });

export const days = (meta: Omit<FieldMeta, "as">, range: { least?: number; most?: number } = {}) =>
  z
    .int("Enter a whole number of days.")
    .min(range.least ?? 0, `Enter ${range.least ?? 0} or more.`)
    .max(range.most ?? 3650, `Enter ${range.most ?? 3650} or less.`)
    .meta({ ...meta, as: "days" });

export const shortText = (meta: Omit<FieldMeta, "as">, most = 80) =>
  z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(most, `Use ${most} characters or fewer.`)
    .meta({ ...meta, as: "text" });
