import { z } from "zod";
import { decimalOf } from "../../loyalty/money.ts";
import { bare, fieldOf } from "../../loyalty/program/schema-at.ts";
import type { FieldMeta } from "../../loyalty/settings.ts";
import { minorOfTyped } from "./money-field.tsx";
import { hundredthsOf, percentOf } from "./percent.ts";

/**
 * A form while somebody types in it: numbers and amounts are the text in their fields, empty for none. It has the
 * shape of the value that it will be: lists are lists, and a group of settings that is not there is empty too.
 */
export type Drafted = string | boolean | Draft | Drafted[];
export type Draft = { [name: string]: Drafted };

export type As = NonNullable<FieldMeta["as"]> | "yes or no";
export type Setting = {
  name: string;
  as: As;
  optional: boolean;
  schema: z.ZodType;
} & Pick<FieldMeta, "label" | "help" | "options" | "suggest" | "with">;

/** What a person can fill in of a schema, in its order. What has neither label nor kind has a form of its own. */
export function settingsOf(schema: z.ZodObject): Setting[] {
  return Object.entries(schema.shape).flatMap(([name, one]) => {
    const { inner, optional, meta } = partOf(one as z.ZodType);
    const as = inner instanceof z.ZodBoolean ? "yes or no" : meta.as;
    return meta.label && as ? [{ ...meta, label: meta.label, name, as, optional, schema: inner }] : [];
  });
}

/** Whether a setting has a meaning beside what was chosen in others. */
export const belongsIn = (draft: unknown, { with: companions = {} }: Pick<FieldMeta, "with">): boolean =>
  Object.entries(companions).every(([name, choices]) => choices.includes(String((draft as Draft)[name])));

/** A value as it stands in the fields of its form. What is missing stands there as the schema would fill it in. */
export const draftOf = (schema: z.ZodType, value: unknown, currency: string): Draft => drafted(schema, value, currency) as Draft;

export function drafted(schema: z.ZodType, value: unknown, currency: string): Drafted {
  const part = partOf(schema);
  const one = value === undefined ? part.fallback : value;
  if (one === null) return "";
  const element = elementOf(part.inner);
  if (element) return Array.isArray(one) ? one.map((each) => drafted(element, each, currency)) : [];
  const shape = shapeOf(part.inner, one);
  if (shape) {
    if (one === undefined && part.optional) return "";
    return mapShape(shape, one, (inner, each) => drafted(inner, each, currency)) as Draft;
  }
  // What has to be chosen begins with the first of its list.
  if (one === undefined) return part.optional ? "" : (part.meta.options?.[0]?.value ?? "");
  if (typeof one === "boolean") return one;
  if (typeof one !== "number") return String(one);
  if (part.meta.as === "money") return decimalOf(one, currency);
  return part.meta.as === "percent" ? percentOf(one) : String(one);
}

/** What was typed as a value for the schema to judge. Text that is no number stays text, so that the schema can say so. */
export function typedValue(schema: z.ZodType, draft: unknown, currency: string): unknown {
  const part = partOf(schema);
  // A field that nobody has touched yet may be missing.
  if (draft === undefined && part.fallback !== undefined) return undefined;
  const typed = typeof draft === "string" ? draft.trim() : draft;
  if (part.optional && isNothing(typed)) return null;
  const element = elementOf(part.inner);
  if (element) return Array.isArray(typed) ? typed.map((each) => typedValue(element, each, currency)) : [];
  const shape = shapeOf(part.inner, typed);
  if (shape) {
    const from = typeof typed === "object" ? typed : {};
    return mapShape(shape, from, (inner, each) => (belongsIn(from, fieldOf(inner)) ? typedValue(inner, each, currency) : null));
  }
  if (typed === undefined) return part.meta.as ? "" : undefined;
  return typeof typed === "string" ? numberOf(typed, part.meta.as, currency) : typed;
}

// Of a list that may be left out, emptied is left out.
const isNothing = (typed: unknown): boolean =>
  typed === "" || typed === undefined || typed === null || (Array.isArray(typed) && typed.length === 0);

const wholeNumbers: readonly (FieldMeta["as"] | undefined)[] = ["points", "days", "count"];

function numberOf(typed: string, as: FieldMeta["as"], currency: string): string | number {
  if (as === "money") return minorOfTyped(typed, currency) ?? typed;
  if (as === "percent") return hundredthsOf(typed) ?? typed;
  return wholeNumbers.includes(as) && /^-?\d{1,15}$/.test(typed) ? Number(typed) : typed;
}

export type Errors = Record<string, string>;

/** Judges a draft: the value, or for each field (its path) a sentence. */
export function readDraft<S extends z.ZodType>(
  schema: S,
  draft: unknown,
  currency: string,
): { value: z.infer<S>; errors?: undefined } | { value?: undefined; errors: Errors } {
  const read = schema.safeParse(typedValue(schema, draft, currency));
  if (read.success) return { value: read.data };
  const errors: Errors = {};
  for (const issue of read.error.issues) errors[issue.path.join(".")] ??= issue.message;
  return { errors };
}

/** The first thing that is wrong at a path or below it: for a field that shows a whole list. */
export const errorUnder = (errors: Errors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];

type Part = { inner: z.ZodType; optional: boolean; fallback: unknown; meta: Partial<FieldMeta> };
type Wrapped = { type: string; innerType?: z.ZodType; defaultValue?: unknown };

function partOf(schema: z.ZodType): Part {
  let optional = false;
  let fallback: unknown;
  for (let one: z.ZodType | undefined = schema; one; ) {
    const { type, innerType, defaultValue } = one.def as unknown as Wrapped;
    if (type === "nullable" || type === "optional") optional = true;
    if (type === "default") fallback ??= defaultValue;
    one = innerType;
  }
  return { inner: bare(schema), optional, fallback, meta: fieldOf(schema) };
}

const elementOf = (schema: z.ZodType): z.ZodType | undefined =>
  schema instanceof z.ZodArray ? (schema.element as unknown as z.ZodType) : undefined;

// Of a choice of kinds, the settings of the kind that the value names.
function shapeOf(schema: z.ZodType, value: unknown): Record<string, z.ZodType> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const kind = (value as { kind?: unknown } | undefined)?.kind;
  return kindIn(schema, kind)?.shape ?? { kind: z.string() };
}

/** The settings of one kind among several. */
export const kindIn = (union: z.ZodDiscriminatedUnion, kind: unknown): z.ZodObject | undefined =>
  (union.options as unknown as z.ZodObject[]).find((option) => (option.shape.kind as z.ZodLiteral).value === kind);

function mapShape(shape: Record<string, z.ZodType>, value: unknown, map: (schema: z.ZodType, value: unknown) => unknown): object {
  const from = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, map(schema, from[name])]));
}
