// The t filter: dotted keys, {{ holes }}, plural forms, and the default language where a text is missing.

import { escaped } from "../../admin-frame/html.ts";

export type Texts = Map<string, Record<string, unknown>>;

export function translate(texts: Texts, locale: string, key: string, holes: Record<string, unknown> = {}): string {
  const found = textOf(texts.get(locale), key, locale, holes.count) ?? textOf(texts.get("default"), key, "en", holes.count);
  if (found === undefined) return `Translation missing: ${locale}.${key}`;
  const filled = found.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => String(holes[name] ?? ""));
  // Only a key that says so may carry markup, and then what is put in must be safe already.
  return key.endsWith("_html") ? filled : escaped(filled);
}

function textOf(texts: Record<string, unknown> | undefined, key: string, locale: string, count: unknown): string | undefined {
  let at: unknown = texts;
  for (const part of key.split(".")) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined;
  if (typeof at === "string") return at;
  if (typeof at !== "object" || at === null || typeof count !== "number") return undefined;
  const forms = at as Record<string, string>;
  return (count === 0 ? forms.zero : undefined) ?? forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
}
