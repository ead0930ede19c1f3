import { z } from "zod";

/** How a form draws a setting. What is chosen from a list of the programme's or the shop's own things names that list. */
export type As =
  | "points"
  | "money"
  | "days"
  | "count"
  | "percent"
  | "text"
  | "texts"
  | "choice"
  | "choices"
  | "day"
  | "local time"
  | "time of day"
  | "products"
  | "variants"
  | "collections"
  | "segments"
  | "tier"
  | "tiers"
  | "reward"
  | "unit"
  | "badge"
  | "rules"
  | "rows"
  | "group";

export type Option = { value: string; label: string };

export type FieldMeta = {
  label: string;
  help?: string;
  as?: As;
  options?: readonly Option[];
  /** It belongs to some choices of another setting, and has to be empty with all others: forms show it with those. */
  with?: Readonly<Record<string, readonly string[]>>;
  /** What to propose while somebody types: product types, vendors, tags … of the shop. */
  suggest?:
    | "types"
    | "vendors"
    | "product tags"
    | "skus"
    | "customer tags"
    | "gateways"
    | "channels"
    | "codes"
    | "events"
    | "countries"
    | "currencies";
};

type Meta = Omit<FieldMeta, "as" | "options">;
type Range = { least?: number; most?: number };

const whole = (said: string, meta: Meta, as: As, { least, most }: { least: number; most: number }) =>
  z
    .int(said)
    .min(least, `Enter ${least.toLocaleString("en")} or more.`)
    .max(most, `Enter ${most.toLocaleString("en")} or less.`)
    .meta({ ...meta, as });

export const points = (meta: Meta, { least = 1, most = 10_000_000 }: Range = {}) =>
  whole("Enter a whole number.", meta, "points", { least, most });

export const count = (meta: Meta, { least = 1, most = 1_000_000 }: Range = {}) =>
  whole("Enter a whole number.", meta, "count", { least, most });

export const days = (meta: Meta, { least = 0, most = 3650 }: Range = {}) =>
  whole("Enter a whole number of days.", meta, "days", { least, most });

/** Hundredths of a per cent, so that 2.5 % is 250: whole, and exact. Forms show and take per cent. */
export const percent = (meta: Meta, { least = 1, most = 1_000_000 }: Range = {}) =>
  z
    .int("Enter a percentage with at most two digits behind the point.")
    .min(least, `Enter ${least / 100} % or more.`)
    .max(most, `Enter ${most / 100} % or less.`)
    .meta({ ...meta, as: "percent" });

/** An amount in minor units of the programme's currency. */
export const minorUnits = (meta: Meta, range: { least?: number } = {}) =>
  z
    .int("Enter an amount of money.")
    .min(range.least ?? 1, "Enter an amount above zero.")
    .max(1_000_000_000_000, "This amount is too large.")
    .meta({ ...meta, as: "money" });

export const shortText = (meta: Meta, most = 80) =>
  z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(most, `Use ${most} characters or fewer.`)
    .meta({ ...meta, as: "text" });

/** One or more texts, such as tags or SKUs. */
export const texts = (meta: Meta, most = 200) =>
  z
    .array(z.string().trim().min(1, "Fill this in.").max(255, "Use 255 characters or fewer."))
    .min(1, "Name at least one.")
    .max(most, `Name at most ${most}.`)
    .meta({ ...meta, as: "texts" });

export const choice = <const Value extends string>(meta: Meta, options: Record<Value, string>) =>
  z
    .enum(Object.keys(options) as [Value, ...Value[]], "Choose one of the list.")
    .meta({ ...meta, as: "choice", options: optionsOf(options) });

export const choices = <const Value extends string>(meta: Meta, options: Record<Value, string>) =>
  z
    .array(z.enum(Object.keys(options) as [Value, ...Value[]], "Choose from the list."))
    .min(1, "Choose at least one.")
    .meta({ ...meta, as: "choices", options: optionsOf(options) });

const optionsOf = (options: Record<string, string>): Option[] =>
  Object.entries<string>(options).map(([value, label]) => ({ value, label }));

/** Things of the shop, by their Shopify id, with the title they had when they were chosen so that a sentence can name them. */
const chosen = (meta: Meta, as: As, type: string) =>
  z
    .array(
      z.strictObject({
        gid: z.string().regex(new RegExp(`^gid://shopify/${type}/\\d+$`), `Name a Shopify id such as gid://shopify/${type}/123.`),
        title: z.string().trim().max(255),
      }),
    )
    .min(1, "Choose at least one.")
    .max(250, "Choose at most 250.")
    .meta({ ...meta, as });

export const products = (meta: Meta) => chosen(meta, "products", "Product");
export const variants = (meta: Meta) => chosen(meta, "variants", "ProductVariant");
export const collections = (meta: Meta) => chosen(meta, "collections", "Collection");
export const segments = (meta: Meta) => chosen(meta, "segments", "Segment");

/** The id of something in this programme: small letters, digits and hyphens. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "An id has small letters, digits and hyphens.");

export const tierId = (meta: Meta) => id.meta({ ...meta, as: "tier" });
export const tierIds = (meta: Meta) =>
  z
    .array(id)
    .min(1, "Choose at least one.")
    .meta({ ...meta, as: "tiers" });
export const rewardId = (meta: Meta) => id.meta({ ...meta, as: "reward" });
export const unitId = (meta: Meta) => id.meta({ ...meta, as: "unit" });
export const badgeId = (meta: Meta) => id.meta({ ...meta, as: "badge" });

export const noSuchDay = "There is no such day.";

/** A day and time as clocks in the programme's zone show them: 2026-11-27T09:00. */
export const localTime = (meta: Meta) =>
  z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, {
      error: "Enter a day and a time, such as 2026-11-27T09:00.",
      abort: true,
    })
    .refine(isRealDay, noSuchDay)
    .meta({ ...meta, as: "local time" });

/** A day in the programme's zone: 2026-11-27. */
export const day = (meta: Meta) =>
  z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: "Enter a day, such as 2026-11-27.", abort: true })
    .refine(isRealDay, noSuchDay)
    .meta({ ...meta, as: "day" });

export const timeOfDay = (meta: Meta) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time, such as 09:30.")
    .meta({ ...meta, as: "time of day" });

function isRealDay(text: string): boolean {
  const [year = 0, month = 0, date = 0] = text.slice(0, 10).split("-").map(Number);
  const real = new Date(Date.UTC(year, month - 1, date));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === date;
}

/** A table that the merchant fills: each row has the settings of `row`. */
export const rows = <Row extends z.ZodObject>(meta: Meta, row: Row, most = 100) =>
  z
    .array(row)
    .min(1, "Add at least one row.")
    .max(most, `Use at most ${most} rows.`)
    .meta({ ...meta, as: "rows" });
