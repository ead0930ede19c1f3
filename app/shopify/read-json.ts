/** A JSON value as it came: nothing about its shape is known. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

/**
 * Parses JSON without losing a digit: whole numbers past 2^53 (Shopify's sample ids are) come as strings.
 * @throws SyntaxError
 */
export function parseJson(text: string): Json {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as Json;
  const exact = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && context?.source && /^-?\d+$/.test(context.source) ? context.source : value;
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as Json;
}

export const object = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

export const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : []);

/** Text that is really there; numbers are taken as they are written. */
export function text(value: Json | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

export const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

export const flag = (value: Json | undefined): boolean => value === true || value === "true";

export const whole = (value: Json | undefined): number | null => {
  const number = typeof value === "number" ? value : typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
};

/** An instant as ISO in UTC; null for what is not one. */
export function instant(value: Json | undefined): string | null {
  const raw = text(value);
  const time = raw === null ? Number.NaN : Date.parse(raw);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** The GID that the body names, or the one that its numeric id stands for. */
export function gidOf(type: string, body: JsonObject): string | null {
  const named = text(body.admin_graphql_api_id);
  if (named?.startsWith(`gid://shopify/${type}/`)) return named;
  const id = text(body.id);
  return id && /^\d+$/.test(id) ? `gid://shopify/${type}/${id}` : null;
}
