import { type Refusal, refuse } from "../refusal.ts";

/** What an event may say of itself: short plain values, so that rules can compare them and nobody stores a person in one. */
export type Properties = Record<string, string | number | boolean>;

export const mostProperties = 50;
const longestText = 200;
const name = /^[a-z][a-z0-9._-]{0,59}$/;

/** A rule's event and the event that is told have to be called the same: small letters, digits, dots and hyphens. */
export const isEventName = (text: string): boolean => name.test(text);

/** Reads properties that came from outside. */
export function readProperties(given: unknown): Properties | Refusal {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object" || Array.isArray(given))
    return refuse("bad properties", "Properties are names with values, such as stars = 5.", "properties");
  const entries = Object.entries(given);
  if (entries.length > mostProperties)
    return refuse(
      "bad properties",
      `An event has at most ${mostProperties} properties, and this one has ${entries.length}. Leave some out.`,
      "properties",
    );
  const read: Properties = {};
  for (const [key, value] of entries) {
    const what = wrongWith(key, value);
    if (what) return refuse("bad properties", what, "properties");
    Object.defineProperty(read, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return read;
}

function wrongWith(key: string, value: unknown): string | undefined {
  if (!/^[A-Za-z][\w.-]{0,59}$/.test(key))
    return `The property “${key.slice(0, 60)}” has a name that rules cannot use. Begin with a letter, and use at most 60 letters, digits, dots, hyphens and underscores.`;
  if (typeof value === "string")
    return value.length > longestText
      ? `The property “${key}” is longer than ${longestText} characters. Send something shorter, such as an id.`
      : undefined;
  if (typeof value === "boolean") return undefined;
  if (typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  return `The property “${key}” has to be a text, a number, or true or false.`;
}
