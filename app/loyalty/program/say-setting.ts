import type { z } from "zod";
import type { Say } from "../say.ts";
import { fieldOf } from "./schema-at.ts";

/** The value of a setting as a form would show it: "7", "$5.00", "2.5%", "Coffee or Tea", "empty". */
export function saySetting(schema: z.ZodType, value: unknown, say: Say): string {
  if (value === null || value === undefined || value === "") return "empty";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const { as, options = [] } = fieldOf(schema);
  if (Array.isArray(value)) return sayMany(value, as, options, say);
  if (typeof value === "object") return "kind" in value ? String(value.kind) : JSON.stringify(value);
  if (typeof value === "number") return sayNumber(value, as, say);
  const text = String(value);
  switch (as) {
    case "choice":
      return options.find((one) => one.value === text)?.label ?? text;
    case "tier":
    case "reward":
    case "badge":
      return say.nameOf(as, text);
    case "unit":
      return say.unitName(text).other;
    case "local time":
    case "day":
      return say.day(text);
    default:
      return as === "text" && !isColour(text) ? `“${text}”` : text;
  }
}

/** A colour such as #c9a227: a page shows it rather than writes it. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

function sayNumber(value: number, as: ReturnType<typeof fieldOf>["as"], say: Say): string {
  if (as === "money") return say.money(value);
  return as === "percent" ? say.percent(value) : say.number(value);
}

function sayMany(
  values: readonly unknown[],
  as: string | undefined,
  options: readonly { value: string; label: string }[],
  say: Say,
): string {
  if (values.length === 0) return "empty";
  const names = values.map((one) => {
    if (typeof one === "object" && one !== null && "title" in one) return String(one.title);
    if (as === "tiers") return say.nameOf("tier", String(one));
    return typeof one === "string" ? (options.find(({ value }) => value === one)?.label ?? one) : JSON.stringify(one);
  });
  return names.join(", ");
}
