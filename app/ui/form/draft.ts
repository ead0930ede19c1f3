import { z } from "zod";
import { decimalOf } from "../../loyalty/money.ts";
import type { FieldMeta } from "../../loyalty/settings.ts";
import { minorOfTyped } from "./money-field.tsx";

/** A form while somebody types in it: numbers and amounts are the text in their fields, empty for none. */
export type Draft = { [name: string]: string | boolean | Draft };

export type As = NonNullable<FieldMeta["as"]> | "yes or no";
export type Setting = { name: string; label: string; help: string | undefined; as: As; optional: boolean };

/** What a person can fill in of a schema, in its order. */
export function settingsOf(schema: z.ZodObject): Setting[] {
  return Object.entries(schema.shape).flatMap(([name, part]) => {
    const { inner, optional, meta } = unwrapped(part);
    const as = inner instanceof z.ZodBoolean ? "yes or no" : meta?.as;
    return meta && as ? [{ name, label: meta.label, help: meta.help, as, optional }] : [];
  });
}

/** A value as it stands in the fields of its form. */
export function draftOf(schema: z.ZodType, value: unknown, currency: string): Draft {
  return mapped(schema, value, (part, one) => {
    if (one === null || one === undefined) return "";
    return typeof one === "number" && part.meta?.as === "money" ? decimalOf(one, currency) : typeof one === "boolean" ? one : String(one);
  }) as Draft;
}

/** What was typed as a value for the schema to judge. Text that is no number stays text, so that the schema can say so. */
export function typedValue(schema: z.ZodType, draft: unknown, currency: string): unknown {
  return mapped(schema, draft, (part, one) => {
    // A field that nobody has touched yet may be missing.
    const typed = one === undefined && part.meta?.as ? "" : typeof one === "string" ? one.trim() : undefined;
    if (typed === undefined) return one;
    if (typed === "" && part.optional) return null;
    if (part.meta?.as === "money") return minorOfTyped(typed, currency) ?? typed;
    if (part.meta?.as === "points" || part.meta?.as === "days") return /^-?\d{1,15}$/.test(typed) ? Number(typed) : typed;
    return typed;
  });
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

type Part = { inner: z.ZodType; optional: boolean; meta: FieldMeta | undefined };

function unwrapped(schema: unknown): Part {
  let inner = schema as z.ZodType;
  let meta = inner.meta() as FieldMeta | undefined;
  let optional = false;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional) {
    optional = true;
    inner = inner.unwrap() as z.ZodType;
    meta ??= inner.meta() as FieldMeta | undefined;
  }
  return { inner, optional, meta };
}

// Walks a value along its schema; of a choice of kinds, along the kind it names.
function mapped(schema: z.ZodType, value: unknown, leaf: (part: Part, value: unknown) => unknown): unknown {
  const part = unwrapped(schema);
  const shape = shapeOf(part.inner, value);
  if (!shape) return leaf(part, value);
  const from = (value ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, mapped(one as z.ZodType, from[name], leaf)]));
}

function shapeOf(schema: z.ZodType, value: unknown): Record<string, unknown> | undefined {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const kind = (value as { kind?: unknown } | undefined)?.kind;
  const options = schema.options as unknown as z.ZodObject[];
  return options.find((option) => (option.shape.kind as z.ZodLiteral).value === kind)?.shape ?? { kind: z.string() };
}
