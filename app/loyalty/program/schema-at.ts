import type { z } from "zod";
import type { FieldMeta } from "../settings.ts";

type Schema = z.ZodType;

/** What zod says of its own making, as far as a programme is made of it. */
type Def = {
  type: string;
  innerType?: Schema;
  getter?: () => Schema;
  shape?: Record<string, Schema>;
  element?: Schema;
  valueType?: Schema;
  options?: readonly Schema[];
  values?: readonly unknown[];
};

const defOf = (schema: Schema): Def => schema.def as unknown as Def;

/** The schema below what only says that it may be left out, be empty or be looked up later. */
export function bare(schema: Schema): Schema {
  const { innerType, type, getter } = defOf(schema);
  if (type === "lazy" && getter) return bare(getter());
  return innerType ? bare(innerType) : schema;
}

/** What a form knows of a setting; the outermost word counts. */
export function fieldOf(schema: Schema): Partial<FieldMeta> {
  const { innerType, type, getter } = defOf(schema);
  const below = type === "lazy" && getter ? fieldOf(getter()) : innerType ? fieldOf(innerType) : {};
  return { ...below, ...(schema.meta() as Partial<FieldMeta> | undefined) };
}

export type Shape = { kind: "object" | "list" | "record" | "kinds" | "value"; keys: readonly string[] };

/** Of what shape a value is meant to be. Where it may be one of several kinds, its own `kind` decides. */
export function shapeOf(schema: Schema, value: unknown): Shape {
  const found = ofItsKind(schema, value);
  if (!found) return { kind: "kinds", keys: ["kind"] };
  const { type, shape } = defOf(found);
  if (type === "object" && shape) return { kind: "object", keys: Object.keys(shape) };
  return { kind: type === "array" ? "list" : type === "record" ? "record" : "value", keys: [] };
}

/** The schema of a part of a value: of a key of an object, of an item of a list. */
export function partOf(schema: Schema, value: unknown, key: PropertyKey): Schema | undefined {
  const found = ofItsKind(schema, value);
  if (!found) return undefined;
  const { shape, element, valueType } = defOf(found);
  if (shape) return typeof key === "string" && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return element ?? valueType;
}

export type Found = { schema: Schema; value: unknown };

/** Follows a path through a schema and the value beside it; undefined where no schema knows the way. */
export function partAt(schema: Schema, value: unknown, path: readonly PropertyKey[]): Found | undefined {
  let found: Found | undefined = { schema, value };
  for (const key of path) {
    const { schema: around, value: whole }: Found = found;
    const inner = partOf(around, whole, key);
    if (!inner) return undefined;
    found = { schema: inner, value: ownOf(whole, key) };
  }
  return found;
}

export const ownOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;

/** Whether a value of this schema may be left out. */
export const mayBeLeftOut = (schema: Schema): boolean => ["optional", "default", "prefault"].includes(defOf(schema).type);

function ofItsKind(schema: Schema, value: unknown): Schema | undefined {
  const found = bare(schema);
  const { options } = defOf(found);
  if (!options) return found;
  const kind = ownOf(value, "kind");
  return options.map(bare).find((one) => kindsOf(one).includes(kind));
}

function kindsOf(option: Schema): readonly unknown[] {
  const kind = defOf(option).shape?.kind;
  return kind ? (defOf(kind).values ?? []) : [];
}
