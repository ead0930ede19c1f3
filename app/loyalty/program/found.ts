/** A value as a sentence names it: text "5", 2.5, a list, nothing. */
export function sayFound(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return `text ${quoted(value)}`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a group of settings" : String(value);
}

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);

const words: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a group of settings",
  record: "a group of settings",
};

/** What zod expects, in words. A number of a programme is always a whole one. */
export const sayExpected = (type: string): string => (type === "number" ? "a whole number" : (words[type] ?? type));
